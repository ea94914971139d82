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
    // For functions that return a span of what their object holds.
    .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
    name: "fibq",
    products: [
        .executable(name: "fibq", targets: ["fibq"]),
        .library(name: "Fibonacci", targets: ["Fibonacci", "Multiprecision"]),
        .library(name: "Redis", targets: ["Redis"]),
        .library(name: "ReliableQueue", targets: ["ReliableQueue"]),
        // For the package in Benchmarks only: it can depend on nothing that is no product.
        .library(name: "Measurement", targets: ["Measurement", "Workload"]),
        .library(name: "SyncRecorder", type: .dynamic, targets: ["SyncRecorder"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.36.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.31.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        // System libraries: a module map and a shim each.
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),
        .systemLibrary(name: "CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev"])]),

        // Base: the owners of C resources, child processes, and measurement.
        .target(name: "Multiprecision", dependencies: ["CGMP", "CMPFR"], swiftSettings: strict),
        // Never a dependency: it is preloaded into redis-server, and must not get into a program of ours.
        .target(
            name: "SyncRecorder",
            cSettings: [.enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error)]),
        .target(name: "Processes", swiftSettings: strict),
        .target(
            name: "Redis",
            dependencies: ["CHiredis", "CLinux", "Processes", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "Measurement",
            dependencies: [.product(name: "Histogram", package: "hdrhistogram-swift")],
            swiftSettings: strict),

        // Domain: each knows its own field only.
        .target(name: "ProtocolModel", swiftSettings: strict),
        .target(name: "Fibonacci", dependencies: ["Multiprecision"], swiftSettings: strict),
        .target(
            name: "ReliableQueue", dependencies: ["Redis"],
            resources: [.embedInCode("Lua")], swiftSettings: strict),
        .target(
            name: "Messaging",
            dependencies: [
                "Measurement", "Processes",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["message.proto"],
            swiftSettings: strict),
        .target(
            name: "Workload",
            dependencies: [
                "Measurement", .product(name: "SwiftCSV", package: "SwiftCSV"), .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict),
        .target(
            name: "InstanceLimits",
            dependencies: ["Processes", .product(name: "Yams", package: "Yams")],
            resources: [.embedInCode("Catalogue/catalogue.yaml")], swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: [
                "Measurement", "Processes",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
                .product(name: "TextTable", package: "TextTable"),
            ],
            swiftSettings: strict),

        // The harness joins them; the executable parses and prints.
        .target(
            name: "Harness",
            dependencies: [
                "Fibonacci", "InstanceLimits", "Measurement", "Messaging", "Multiprecision", "Processes",
                "ProtocolModel",
                "Redis", "ReliableQueue", "Reporting", "Workload",
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "fibq",
            dependencies: [
                "Harness", "InstanceLimits", "Messaging", "Processes",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["Processes", "Redis"], path: "Tests/TestSupport",
            resources: [.copy("Certificates")], swiftSettings: strict),
        .testTarget(name: "MultiprecisionTests", dependencies: ["Multiprecision"], swiftSettings: strict),
        .testTarget(
            name: "FibonacciTests",
            dependencies: ["Fibonacci", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Reference")], swiftSettings: strict),
        .testTarget(name: "ProcessesTests", dependencies: ["Processes", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "RedisTests", dependencies: ["Processes", "Redis", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ReliableQueueTests",
            dependencies: ["Processes", "ProtocolModel", "Redis", "ReliableQueue", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "MeasurementTests", dependencies: ["Measurement"], swiftSettings: strict),
        .testTarget(
            name: "MessagingTests",
            dependencies: [
                "Measurement", "Messaging", "TestSupport",
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict),
        .testTarget(name: "WorkloadTests", dependencies: ["Measurement", "Workload"], swiftSettings: strict),
        .testTarget(name: "ProtocolModelTests", dependencies: ["ProtocolModel"], swiftSettings: strict),
        .testTarget(
            name: "InstanceLimitsTests", dependencies: ["InstanceLimits", "Processes"], swiftSettings: strict),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting"], swiftSettings: strict),
        .testTarget(
            name: "HarnessTests",
            dependencies: [
                "Fibonacci", "Harness", "InstanceLimits", "Measurement", "Messaging", "Processes", "Redis",
                "ReliableQueue", "Reporting", "TestSupport", "Workload",
            ],
            resources: [.copy("Reference")], swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Harness", "InstanceLimits", "Measurement", "Messaging", "Processes", "Redis", "Reporting",
                "TestSupport",
                "Workload", "fibq",
            ],
            swiftSettings: strict),
    ]
)
