/// What a task does: compute a Fibonacci number by one of several algorithms, wait, place a message, or misbehave.
///
/// The raw value is its number in journals and on the wire, and never changes. A new kind is a case here with its
/// name, and an executor in `Harness`.
package enum TaskKind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// F(n) from its definition, by two calls a step: exponential time.
    case fibRecursive = 1
    /// F(n) by n additions of machine integers.
    case fibIterative = 2
    /// F(n) by GMP's own function.
    case fibGMP = 3
    /// F(n) by fast doubling on GMP integers.
    case fibGMPDoubling = 4
    /// F(n) by Binet's closed formula in floating point.
    case fibBinet = 5
    /// Waits without computing: stands for a task that is all I/O.
    case sleep = 6
    /// Places a message of so many bytes with a sink, by gRPC.
    case message = 7
    /// Kills its process: stands for a task that its workers do not survive.
    case crash = 8
    /// Fails.
    case fail = 9
    /// Never ends: it occupies its thread until the process does.
    case hang = 10

    /// The name in mixes, scenarios and results.
    package var name: String {
        switch self {
        case .fibRecursive: "fib-recursive"
        case .fibIterative: "fib-iterative"
        case .fibGMP: "fib-gmp"
        case .fibGMPDoubling: "fib-gmp-doubling"
        case .fibBinet: "fib-binet"
        case .sleep: "sleep"
        case .message: "message"
        case .crash: "crash"
        case .fail: "fail"
        case .hang: "hang"
        }
    }

    /// The name of its one parameter: `n`, `bytes` or `attempts` (at how many attempts, the first ones, it misbehaves; at
    /// each with 0), a whole number, or `ms`, milliseconds that may have a fraction.
    package var parameterName: String {
        switch self {
        case .fibRecursive, .fibIterative, .fibGMP, .fibGMPDoubling, .fibBinet: "n"
        case .sleep: "ms"
        case .message: "bytes"
        case .crash, .fail, .hang: "attempts"
        }
    }

    /// True for those that compute a Fibonacci number.
    var isFibonacci: Bool { parameterName == "n" }

    /// True for those that misbehave.
    package var misbehaves: Bool { self == .crash || self == .fail || self == .hang }

    /// The parameter that it has where none is given, for those kinds for which one is usual.
    var usualParameter: Distribution? { self == .message ? .fixed(256) : misbehaves ? .fixed(0) : nil }

    /// The greatest parameter, as it is written; samples above it are cut to it.
    package var greatestParameter: Double { self == .message ? 1_048_576 : Distribution.greatest }

    /// How many steps of `PlannedTask.parameter` make 1 of the written parameter: 1,000 microseconds a millisecond, and
    /// 1 for n and for bytes, which is why they must be whole.
    package var stepsPerUnit: Int64 {
        switch self {
        case .fibRecursive, .fibIterative, .fibGMP, .fibGMPDoubling, .fibBinet, .message, .crash, .fail, .hang: 1
        case .sleep: 1000
        }
    }

    /// The kind of that name; an unknown one's error lists all names.
    package init(named name: String) throws(WorkloadError) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else {
            throw .unknown(what: "task kind", name: name, allowed: Self.allCases.map(\.name))
        }
        self = kind
    }
}
