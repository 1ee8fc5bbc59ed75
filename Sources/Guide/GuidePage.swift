/// A written page of the guide, as Markdown.
public struct GuidePage: Sendable {
  /// What it is asked for by.
  public let name: String
  /// What it is about, in a few words.
  public let title: String
  /// Markdown whose blocks marked `nns` are one session with its expected output.
  public let text: String

  private init(_ name: String, _ title: String, _ bytes: [UInt8]) {
    self.name = name
    self.title = title
    text = String(decoding: bytes, as: UTF8.self)
  }
}

extension GuidePage {
  /// How to get the program.
  public static let installation = GuidePage(
    "installation", "how to build it and set it up", PackageResources.installation_md)
  /// What everybody needs.
  public static let tour = GuidePage("tour", "a tour in ten minutes", PackageResources.tour_md)
  /// Short answers to "how do I".
  public static let cookbook = GuidePage(
    "cookbook", "recipes for what comes up often", PackageResources.cookbook_md)
  /// What happens inside.
  public static let howItWorks = GuidePage(
    "how-it-works", "what happens inside", PackageResources.how_it_works_md)
}
