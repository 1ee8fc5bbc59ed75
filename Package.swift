// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "nns",
  products: [.executable(name: "nns", targets: ["nns"])],
  dependencies: [
    // Exact, because Package.resolved is not committed.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .target(name: "CKernels", linkerSettings: [.linkedLibrary("m"), .linkedLibrary("pthread")]),
    .target(name: "CTerminal", dependencies: ["CKernels"]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Tensors", dependencies: ["CKernels"], swiftSettings: strict),
    .target(name: "Learning", dependencies: ["Tensors"], swiftSettings: strict),
    .target(name: "Formats", dependencies: ["Tensors", "CKernels", "CZlib"], swiftSettings: strict),
    .target(name: "Plotting", swiftSettings: strict),
    .target(
      name: "Language", dependencies: ["Tensors", "Learning", "Formats", "Plotting", "CUTF8Proc"],
      resources: [.embedInCode("Prelude.nns")], swiftSettings: strict),
    .target(
      name: "Persistence", dependencies: ["CSQLite", "Language", "Tensors"],
      resources: [.embedInCode("README.md")], swiftSettings: strict),
    .target(
      name: "Guide", resources: [.embedInCode("Pages"), .embedInCode("Lessons")], swiftSettings: strict),
    .executableTarget(
      name: "nns",
      dependencies: [
        "Language", "Persistence", "Guide", "Plotting", "CReadline", "CTerminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"], swiftSettings: strict),
    .testTarget(name: "LearningTests", dependencies: ["Learning", "Tensors"], swiftSettings: strict),
    .testTarget(
      name: "PlottingTests", dependencies: ["Plotting"], exclude: ["References"], swiftSettings: strict),
    .testTarget(
      name: "FormatsTests", dependencies: ["Formats", "Tensors"], swiftSettings: strict),
    .testTarget(
      name: "LanguageTests", dependencies: ["Language", "Tensors"], swiftSettings: strict),
    .testTarget(
      name: "PersistenceTests", dependencies: ["Persistence", "Language", "Tensors"],
      swiftSettings: strict),
    .testTarget(name: "CommandTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
