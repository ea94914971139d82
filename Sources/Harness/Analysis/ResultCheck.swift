import Fibonacci
import Measurement
package import Workload

/// Holds the results that workers reported against the exact values, modulo the audit's prime.
package struct ResultCheck {
    /// Results of exact algorithms that are not F(n): a defect.
    package private(set) var wrong = 0
    /// Results of rounding algorithms that are not F(n): what is being studied. By kind.
    package private(set) var inexact: [TaskKind: Int] = [:]
    /// Every n that a kind computed: how often, and how long it took in all, in nanoseconds.
    private(set) var seen: [Subject: (count: Int, nanoseconds: UInt64)] = [:]

    /// One computation: a kind and its n.
    struct Subject: Hashable {
        let kind: TaskKind
        let n: Int
    }

    private let isExact: [Bool]
    private var exact: [Int: UInt64] = [:]

    /// Nothing checked so far.
    init() {
        var isExact = [Bool](repeating: true, count: 256)
        for kind in TaskKind.allCases {
            isExact[Int(kind.rawValue)] = TaskExecutor.algorithm(of: kind)?.precisionBits == nil
        }
        self.isExact = isExact
    }

    /// Checks one attempt that ran to its end.
    mutating func check(_ attempt: AttemptRecord) {
        guard attempt.finished != 0, attempt.outcome != .failed, let kind = TaskKind(rawValue: attempt.kind),
            TaskExecutor.algorithm(of: kind) != nil
        else { return }
        let n = Int(attempt.parameter)
        let entry = seen[Subject(kind: kind, n: n), default: (0, 0)]
        seen[Subject(kind: kind, n: n)] = (entry.count + 1, entry.nanoseconds + attempt.finished - attempt.started)
        guard attempt.residue != exactResidue(n) else { return }
        if isExact[Int(attempt.kind)] { wrong += 1 } else { inexact[kind, default: 0] += 1 }
    }

    private mutating func exactResidue(_ n: Int) -> UInt64 {
        if let known = exact[n] { return known }
        let value = FibonacciResidue.value(at: n, modulo: FibonacciResidue.auditPrime)
        exact[n] = value
        return value
    }
}
