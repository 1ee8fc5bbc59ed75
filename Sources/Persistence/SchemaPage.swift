/// The description of the store's schema that stands beside these sources.
public enum SchemaPage {
  /// The page as Markdown.
  public static let text = String(decoding: PackageResources.README_md, as: UTF8.self)
}
