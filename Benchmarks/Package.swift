// swift-tools-version: 6.2

import PackageDescription

/// The rules of the library's package, by which micro-benchmarks are compiled too.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

/// What SwiftPM calls the library's package when it compiles it: the name of the folder that it lies in, as an identifier.
let folder = Context.packageDirectory.split(separator: "/").dropLast().last?.lowercased() ?? ""
let measured = folder.enumerated().map { $1.isLetter || $1.isNumber && $0 > 0 ? $1 : "_" }

/// Makes what is `package` in the library visible, since most of what is measured is that. A target with this has no access to
/// its own package, or SwiftPM would give the compiler that name after this one.
let sharesPackage: SwiftSetting = .unsafeFlags(["-package-name", String(measured)])

/// Benchmarks, apart from the package so that neither building nor testing it builds them.
let package = Package(
    name: "fibq-benchmarks",
    dependencies: [
        .package(name: "fibq", path: "..")
    ],
    targets: [
        // What the library is measured against: the same work in C, at SwiftPM's -O2 for release builds.
        .systemLibrary(name: "CGMPBaseline", path: "Sources/CGMPBaseline", pkgConfig: "gmp"),
        .target(name: "CBaselines", dependencies: ["CGMPBaseline"]),
        .executableTarget(
            name: "FibonacciRatios",
            dependencies: ["CBaselines", .product(name: "Fibonacci", package: "fibq")]),
        .executableTarget(
            name: "MicroBenchmarks",
            dependencies: [
                .product(name: "Fibonacci", package: "fibq"), .product(name: "Measurement", package: "fibq"),
                .product(name: "Redis", package: "fibq"), .product(name: "ReliableQueue", package: "fibq"),
            ],
            packageAccess: false,
            swiftSettings: strict + [sharesPackage],
            // Valgrind 3.19 gives up over the debug information of Swift 6.3.
            linkerSettings: [.unsafeFlags(["-Xlinker", "--strip-debug"])]),
    ]
)
