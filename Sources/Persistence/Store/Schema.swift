/// The growth of a store's schema, documented for whoever reads it without nns.
///
/// Times are seconds since 1970. The bytes of a tensor are those of its pieces in order: raw, little-endian,
/// row-major. In `metric` and in JSON, null is nan.
enum Schema {
  /// `PRAGMA application_id` of every store: "nns1".
  static let applicationID = 0x6E6E_7331
  /// Bytes of a database page: a compromise between small cells and large tensors.
  static let pageSize = 16384

  /// How a store came to be what it is; only ever appended to.
  static let migrations = [
    Migration(
      "sessions, values, datasets, runs and checkpoints",
      """
      CREATE TABLE piece (
        id    INTEGER PRIMARY KEY,
        hash  BLOB NOT NULL,              -- XXH3, 128 bits, of the bytes
        bytes BLOB NOT NULL               -- at most 4 MiB
      ) STRICT;
      CREATE INDEX piece_by_hash ON piece (hash);

      CREATE TABLE blob (
        id    INTEGER PRIMARY KEY,
        hash  BLOB NOT NULL,
        dtype TEXT NOT NULL,              -- f64, f32 or bool
        shape TEXT NOT NULL,              -- a JSON array
        size  INTEGER NOT NULL            -- in bytes
      ) STRICT;
      CREATE INDEX blob_by_hash ON blob (hash);

      CREATE TABLE blob_piece (
        blob   INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
        number INTEGER NOT NULL,          -- from 0
        piece  INTEGER NOT NULL REFERENCES piece,
        PRIMARY KEY (blob, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX blob_piece_by_piece ON blob_piece (piece);

      CREATE TABLE value (
        id        INTEGER PRIMARY KEY,
        hash      BLOB NOT NULL,
        type      TEXT NOT NULL,
        summary   TEXT NOT NULL,
        structure TEXT NOT NULL           -- JSON; {"tensor": n} is the blob of number n
      ) STRICT;
      CREATE INDEX value_by_hash ON value (hash);

      CREATE TABLE value_blob (
        value  INTEGER NOT NULL REFERENCES value ON DELETE CASCADE,
        number INTEGER NOT NULL,          -- from 0
        blob   INTEGER NOT NULL REFERENCES blob,
        PRIMARY KEY (value, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX value_blob_by_blob ON value_blob (blob);

      CREATE TABLE environment (
        id        INTEGER PRIMARY KEY,
        nns       TEXT NOT NULL,
        processor TEXT NOT NULL,
        blas      TEXT NOT NULL,
        UNIQUE (nns, processor, blas)
      ) STRICT;

      CREATE TABLE session (
        id             INTEGER PRIMARY KEY,
        name           TEXT NOT NULL UNIQUE,
        created        REAL NOT NULL,
        modified       REAL NOT NULL,
        head           INTEGER REFERENCES cell,
        parent_session INTEGER REFERENCES session ON DELETE SET NULL,
        parent_cell    INTEGER REFERENCES cell ON DELETE SET NULL
      ) STRICT;

      CREATE TABLE cell (
        id          INTEGER PRIMARY KEY,
        session     INTEGER REFERENCES session ON DELETE SET NULL,
        parent      INTEGER REFERENCES cell,
        number      INTEGER NOT NULL,     -- its depth, from 1
        kind        TEXT NOT NULL,        -- code or note
        source      TEXT NOT NULL,
        origin      TEXT NOT NULL,        -- what errors call the text
        line        INTEGER NOT NULL,     -- lines before it there
        column      INTEGER NOT NULL,     -- bytes before it in its line
        output      TEXT NOT NULL,
        status      TEXT NOT NULL,        -- ok, error or interrupted
        started     REAL NOT NULL,
        seconds     REAL NOT NULL,
        random      TEXT NOT NULL,        -- key and position of the random stream after it
        precision   TEXT NOT NULL,
        shown       INTEGER REFERENCES value,
        is_full     INTEGER NOT NULL,     -- whether its bindings are all there are
        environment INTEGER REFERENCES environment
      ) STRICT;
      CREATE INDEX cell_by_session ON cell (session);
      CREATE INDEX cell_by_parent ON cell (parent);

      CREATE TABLE cell_output (
        cell   INTEGER NOT NULL REFERENCES cell ON DELETE CASCADE,
        number INTEGER NOT NULL,          -- from 0
        line   INTEGER NOT NULL,          -- the line of the source, from 0, under which it stands
        lines  INTEGER NOT NULL,          -- how many lines of the cell's output it takes
        svg    TEXT,                      -- the plot that these lines show
        PRIMARY KEY (cell, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE binding (
        cell   INTEGER NOT NULL REFERENCES cell ON DELETE CASCADE,
        name   TEXT NOT NULL,
        value  INTEGER REFERENCES value,  -- null: the name was removed
        writer INTEGER NOT NULL REFERENCES cell, -- what changed it: another cell where this row is a copy
        PRIMARY KEY (cell, name)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX binding_by_value ON binding (value);

      CREATE TABLE cell_read (
        cell   INTEGER NOT NULL REFERENCES cell ON DELETE CASCADE,
        name   TEXT NOT NULL,
        writer INTEGER REFERENCES cell ON DELETE SET NULL,
        PRIMARY KEY (cell, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE dataset (
        id      INTEGER PRIMARY KEY,
        name    TEXT NOT NULL,
        version INTEGER NOT NULL,
        created REAL NOT NULL,
        rows    INTEGER,
        columns INTEGER,
        note    TEXT NOT NULL,
        source  TEXT NOT NULL,
        value   INTEGER NOT NULL REFERENCES value,
        UNIQUE (name, version)
      ) STRICT;

      CREATE TABLE run (
        id            INTEGER PRIMARY KEY,
        kind          TEXT NOT NULL,      -- fit, minimize or curve_fit
        session       INTEGER REFERENCES session ON DELETE SET NULL,
        cell          INTEGER REFERENCES cell ON DELETE SET NULL,
        started       REAL NOT NULL,
        seconds       REAL NOT NULL,
        status        TEXT NOT NULL,
        configuration TEXT NOT NULL,      -- a JSON object
        figures       TEXT NOT NULL       -- a JSON object
      ) STRICT;

      CREATE TABLE metric (
        run    INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
        name   TEXT NOT NULL,
        step   INTEGER NOT NULL,
        number REAL,
        PRIMARY KEY (run, name, step)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE checkpoint (
        id      INTEGER PRIMARY KEY,
        name    TEXT NOT NULL,
        version INTEGER NOT NULL,
        created REAL NOT NULL,
        run     INTEGER REFERENCES run ON DELETE SET NULL,
        epoch   INTEGER,
        metrics TEXT NOT NULL,            -- a JSON object
        value   INTEGER NOT NULL REFERENCES value,
        state   INTEGER REFERENCES value,
        UNIQUE (name, version)
      ) STRICT;

      CREATE VIEW datasets AS
        SELECT name, version, datetime(created, 'unixepoch') AS created, rows, columns, note, source FROM dataset;
      CREATE VIEW checkpoints AS
        SELECT name, version, datetime(created, 'unixepoch') AS created, run, epoch, metrics FROM checkpoint;
      CREATE VIEW runs AS
        SELECT run.id AS run, kind, session.name AS session, cell.number AS cell,
          datetime(run.started, 'unixepoch') AS started, run.seconds, run.status, configuration, figures
        FROM run LEFT JOIN session ON session.id = run.session LEFT JOIN cell ON cell.id = run.cell;
      CREATE VIEW metrics AS SELECT run, name, step, number FROM metric;
      CREATE VIEW sessions AS
        SELECT name, datetime(created, 'unixepoch') AS created, datetime(modified, 'unixepoch') AS modified,
          (SELECT count(*) FROM cell WHERE cell.session = session.id) AS cells
        FROM session;
      CREATE VIEW cells AS
        SELECT session.name AS session, cell.number, cell.status, cell.source, cell.output,
          datetime(cell.started, 'unixepoch') AS started, cell.seconds
        FROM cell JOIN session ON session.id = cell.session;
      """),
    Migration(
      "what cells read",
      """
      -- 1: only a function reads it that the cell defines, when it is called
      ALTER TABLE cell_read ADD COLUMN deferred INTEGER NOT NULL DEFAULT 0;

      CREATE TABLE cell_input (
        cell    INTEGER NOT NULL REFERENCES cell ON DELETE CASCADE,
        kind    TEXT NOT NULL,            -- file, dataset or checkpoint
        name    TEXT NOT NULL,            -- the path, or the name it is kept under
        version INTEGER NOT NULL,         -- 0 for a file
        PRIMARY KEY (cell, kind, name, version)
      ) STRICT, WITHOUT ROWID;
      """),
    Migration(
      "the kinds of runs and of cells in the views, where they were one ambiguous name",
      """
      DROP VIEW runs;
      CREATE VIEW runs AS
        SELECT run.id AS run, run.kind, session.name AS session, cell.number AS cell,
          datetime(run.started, 'unixepoch') AS started, run.seconds, run.status, configuration, figures
        FROM run LEFT JOIN session ON session.id = run.session LEFT JOIN cell ON cell.id = run.cell;
      DROP VIEW cells;
      CREATE VIEW cells AS
        SELECT session.name AS session, cell.number, cell.kind, cell.status, cell.source, cell.output,
          datetime(cell.started, 'unixepoch') AS started, cell.seconds
        FROM cell JOIN session ON session.id = cell.session;
      """),
    Migration(
      "what was typed at prompts",
      """
      CREATE TABLE input (
        id      INTEGER PRIMARY KEY,
        session INTEGER REFERENCES session ON DELETE SET NULL,
        text    TEXT NOT NULL,
        typed   REAL NOT NULL
      ) STRICT;
      CREATE INDEX input_by_session ON input (session);
      """),
  ]
}
