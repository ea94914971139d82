// swift-tools-version: 6.2

import PackageDescription

/// Micro-benchmarks, apart from the package so that neither building nor testing it fetches what they need.
let package = Package(
    name: "fibq-benchmarks",
    dependencies: [
        .package(name: "fibq", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        // What the library is measured against: the same work in C, at SwiftPM's -O2 for release builds.
        .systemLibrary(name: "CGMPBaseline", path: "Sources/CGMPBaseline", pkgConfig: "gmp"),
        .target(name: "CBaselines", dependencies: ["CGMPBaseline"]),
        .executableTarget(
            name: "FibonacciRatios",
            dependencies: ["CBaselines", .product(name: "Fibonacci", package: "fibq")]),
        .executableTarget(
            name: "FibonacciBenchmarks",
            dependencies: [
                .product(name: "Benchmark", package: "benchmark"), .product(name: "Fibonacci", package: "fibq"),
            ],
            path: "Fibonacci",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
