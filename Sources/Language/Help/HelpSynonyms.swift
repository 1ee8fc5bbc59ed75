/// What other languages and libraries call the functions that are called differently here.
///
/// Help finds a function by them, and an error about an unknown name offers it.
enum HelpSynonyms {
  /// The function that another name stands for.
  static func name(for other: String) -> String? { names[other] }

  /// The other names of a function.
  static func others(of name: String) -> [String] { words(table[name] ?? "") }

  private static let names: [String: String] = {
    var names: [String: String] = [:]
    for (name, others) in table { for other in words(others) { names[other] = name } }
    return names
  }()

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// The functions, each with its other names.
  static let table: [String: String] = [
    // Making tensors.
    "range": "arange colon", "full": "constant_tensor", "eye": "identity",
    "onehot": "one_hot to_categorical get_dummies",
    "tensor": "asarray as_tensor np_array Tensor", "meshgrid": "ndgrid mgrid",
    "rand": "random uniform runif random_uniform", "randn": "normal rnorm gauss random_normal",
    "randint": "integers randi", "permutation": "shuffle randperm", "choice": "sample",
    "seed": "manual_seed set_seed default_rng srand", "moons": "make_moons", "blobs": "make_blobs",
    "circles": "make_circles", "spirals": "make_spirals",
    // Elementwise and reducing.
    "abs": "absolute fabs", "log": "ln", "clip": "clamp clip_by_value", "where": "ifelse select cond",
    "maximum": "fmax pmax", "minimum": "fmin_pairwise pmin", "isnan": "isna is_nan isnull",
    "lgamma": "gammaln loggamma", "max": "amax", "min": "amin", "argmax": "which_max", "argmin": "which_min",
    "prod": "product", "mean": "average avg", "std": "sd stdev stddev", "var": "variance",
    "quantile": "percentile", "norm": "magnitude vector_norm", "corr": "corrcoef cor correlation",
    "count": "count_nonzero numel nnz", "bincount": "tabulate value_counts", "cov": "covariance",
    // Shapes.
    "concat": "concatenate cat vstack hstack vcat hcat rbind cbind", "transpose": "swapaxes t",
    "permute": "moveaxis permutedims", "expand_dims": "unsqueeze", "flatten": "ravel vec",
    "repeat_each": "repeat_interleave rep", "chunk": "array_split", "flip": "reverse rev fliplr flipud",
    "roll": "circshift", "argsort": "sortperm order", "unique": "distinct", "take_along": "gather",
    "scatter_add": "index_add", "topk": "nlargest", "interp": "interp1 interp1d approxfun",
    "append": "push push_back",
    // Linear algebra and calculus.
    "dot": "inner vdot", "solve": "linsolve mldivide", "lstsq": "least_squares", "eigh": "eig eigen",
    "inv": "inverse", "pinv": "pseudoinverse", "matrix_rank": "rank_of_matrix",
    "root": "fzero fsolve uniroot findroot newton", "integrate": "quad quadgk trapz integral",
    "ode": "odeint solve_ivp ode45", "grad": "gradient backward", "jacobian": "jacfwd jacrev",
    "stop_gradient": "detach no_grad", "check_grad": "gradcheck",
    "explain": "backprop backpropagation back_propagation chain_rule",
    // Activations, losses, metrics.
    "silu": "swish", "sigmoid": "logistic expit", "relu": "rectifier",
    "mse": "mse_loss MSELoss mean_squared_error",
    "mae": "l1_loss L1Loss mean_absolute_error", "huber": "smooth_l1 smooth_l1_loss",
    "cross_entropy": "CrossEntropyLoss softmax_cross_entropy crossentropy",
    "bce": "BCEWithLogitsLoss binary_cross_entropy binarycrossentropy", "hinge": "svm hinge_loss",
    "kl": "kl_div kullback_leibler", "accuracy": "accuracy_score", "r2": "r2_score r_squared",
    "roc_auc": "auc",
    // Networks.
    "glorot": "xavier xavier_uniform glorot_uniform", "glorot_normal": "xavier_normal",
    "he": "kaiming kaiming_uniform he_uniform", "he_normal": "kaiming_normal",
    "dense": "Linear Dense fully_connected", "conv2d": "Conv2d Conv convolution",
    "chain": "Sequential sequential Chain",
    "mlp": "perceptron feedforward MLP", "dropout": "Dropout", "lstm": "LSTM", "gru": "GRU",
    "rnn": "RNN recurrent",
    "attention": "MultiheadAttention transformer", "batch_norm": "BatchNorm BatchNorm1d BatchNorm2d",
    "layer_norm": "LayerNorm", "max_pool2d": "MaxPool2d", "residual": "skip_connection resnet",
    "embedding": "Embedding",
    "sgd": "SGD gradient_descent", "adam": "Adam", "rmsprop": "RMSprop", "clip_norm": "clip_grad_norm",
    "params": "state_dict", "map_leaves": "tree_map", "fixed": "freeze requires_grad", "free": "unfreeze",
    // Fitting.
    "fit": "train learn", "curve_fit": "nls lsqcurvefit nonlinear_fit",
    "linear_fit": "lm linregress linear_regression",
    "minimize": "optimize optim fmin fminsearch fminunc",
    "grid_search": "GridSearchCV brute exhaustive_search",
    "lr_probe": "lr_finder", "cross_validate": "cross_val_score kfold",
    // Data.
    "load": "read_csv read_table loadtxt readtable read_json fread",
    "save": "write_csv savetxt to_csv dump writetable",
    "table": "DataFrame data_frame", "describe": "summarize", "categories": "factor LabelEncoder factorize",
    "dropna": "na_omit dropmissing", "fill": "fillna impute", "group_by": "groupby aggregate tapply",
    "standardize": "scale zscore StandardScaler", "batches": "DataLoader minibatch minibatches",
    "sql": "query select_from",
    // Plots.
    "plot": "lineplot curve", "scatter": "scatterplot", "hist": "histplot",
    "heatmap": "imshow imagesc pcolor",
    "landscape": "surf surface plot_surface", "boundary": "decision_boundary", "box": "boxplot",
    "errorbars": "errorbar", "band": "fill_between ribbon", "grid": "subplot subplots facet",
    "bar": "barplot barh",
    // Text and structure.
    "print": "println disp puts", "str": "to_string toString repr",
    "number": "parse as_numeric",
    "format": "sprintf", "type": "typeof class_of", "args": "argv", "read_text": "readlines slurp",
    "replace": "gsub", "trim": "strip", "upper": "toupper uppercase", "lower": "tolower lowercase",
    "contains": "includes", "len": "length", "keys": "colnames fieldnames", "items": "pairs",
    "has": "haskey hasattr",
    "map": "apply lapply sapply", "reduce": "fold foldl accumulate", "enumerate": "eachindex",
    "same": "identical isequal array_equal", "error": "raise throw stop", "assert": "stopifnot",
    "timeit": "tic toc benchmark", "import": "require include using",
    "help": "man doc usage",
  ]
}
