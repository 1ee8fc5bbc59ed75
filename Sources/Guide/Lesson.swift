/// A lesson to be walked through line by line: a script whose comments are what the teacher says.
public struct Lesson: Sendable {
  /// What it is asked for by.
  public let name: String
  /// The script, with its expected output; its first line is `# %%` and the title.
  public let script: String

  private init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    script = String(decoding: bytes, as: UTF8.self)
  }

  /// What it is about.
  public var title: String {
    let line = script.prefix { $0 != "\n" }
    return String(line.dropFirst(line.hasPrefix("# %% ") ? 5 : 0))
  }
}

extension Lesson {
  /// The lessons, in the order in which they build on one another.
  public static let all = [
    Lesson("points", PackageResources.points_nns),
    Lesson("loss", PackageResources.loss_nns),
    Lesson("search", PackageResources.search_nns),
    Lesson("zero", PackageResources.zero_nns),
    Lesson("descent", PackageResources.descent_nns),
    Lesson("chain-rule", PackageResources.chain_rule_nns),
    Lesson("batches", PackageResources.batches_nns),
    Lesson("activations", PackageResources.activations_nns),
    Lesson("losses", PackageResources.losses_nns),
    Lesson("convolution", PackageResources.convolution_nns),
    Lesson("recurrence", PackageResources.recurrence_nns),
    Lesson("tools", PackageResources.tools_nns),
    Lesson("spikes", PackageResources.spikes_nns),
  ]
}
