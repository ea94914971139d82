// swift-tools-version: 6.2

import PackageDescription

/// One set of rules for every target: Swift 6 mode, every unsafe use spelled out, no warning survives.
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

let package = Package(
    name: "fibq",
    products: [
        .executable(name: "fibq", targets: ["fibq"]),
        .library(name: "Fibonacci", targets: ["Fibonacci", "Multiprecision"]),
        .library(name: "Redis", targets: ["Redis"]),
        .library(name: "ReliableQueue", targets: ["ReliableQueue"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
    ],
    targets: [
        // System libraries: a module map and a shim each.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),
        .systemLibrary(name: "CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev"])]),

        // Base: the owners of C resources, child processes, and measurement.
        .target(name: "Multiprecision", dependencies: ["CGMP", "CMPFR"], swiftSettings: strict),
        .target(name: "Processes", swiftSettings: strict),
        .target(
            name: "Redis",
            dependencies: ["CHiredis", "Processes", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "Measurement",
            dependencies: [.product(name: "Histogram", package: "hdrhistogram-swift")],
            swiftSettings: strict),

        // Domain: each knows its own field only.
        .target(name: "Fibonacci", dependencies: ["Multiprecision"], swiftSettings: strict),
        .target(
            name: "ReliableQueue", dependencies: ["Redis"],
            resources: [.embedInCode("Lua")], swiftSettings: strict),
        .target(
            name: "Workload",
            dependencies: ["Measurement", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: [
                "Measurement",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "TextTable", package: "TextTable"),
            ],
            swiftSettings: strict),

        // The harness joins them; the executable parses and prints.
        .target(
            name: "Harness",
            dependencies: [
                "Fibonacci", "Measurement", "Multiprecision", "Processes", "Redis", "ReliableQueue", "Reporting",
                "Workload",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "fibq",
            dependencies: [
                "Harness", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["Processes", "Redis"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "MultiprecisionTests", dependencies: ["Multiprecision"], swiftSettings: strict),
        .testTarget(
            name: "FibonacciTests",
            dependencies: ["Fibonacci", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Reference")], swiftSettings: strict),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "RedisTests", dependencies: ["Redis", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "ReliableQueueTests", dependencies: ["ReliableQueue", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "MeasurementTests", dependencies: ["Measurement"], swiftSettings: strict),
        .testTarget(name: "WorkloadTests", dependencies: ["Workload"], swiftSettings: strict),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting"], swiftSettings: strict),
        .testTarget(
            name: "HarnessTests",
            dependencies: [
                "Fibonacci", "Harness", "Measurement", "Processes", "Redis", "ReliableQueue", "Reporting",
                "TestSupport",
                "Workload",
            ],
            resources: [.copy("Reference")], swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Harness", "Measurement", "Processes", "Redis", "Reporting", "TestSupport", "Workload", "fibq",
            ],
            swiftSettings: strict),
    ]
)
