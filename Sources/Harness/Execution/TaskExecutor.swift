import Fibonacci
import Glibc
import Measurement
import ReliableQueue
import Reporting
package import Workload

/// Does what a task kind says in the thread that calls: computes (the result is reported as a residue modulo
/// ``FibonacciResidue/auditPrime``), or sleeps. Messages are placed by ``ConcurrentRecorder``.
package struct TaskExecutor {
    /// What one task came to.
    package enum Result: Equatable {
        /// A number, modulo the audit's prime.
        case residue(UInt64)
        /// The same, and the number in decimal, as the files write it, for whoever asked for it.
        case number(residue: UInt64, decimal: String)
        /// It waited this long, in nanoseconds.
        case waited(UInt64)
        /// It did what it was to do, which is nothing.
        case nothing
        /// It failed, and may succeed another time.
        case threw(reason: String)
        /// It cannot be done.
        case failed(reason: String)
    }

    /// The algorithm by which a kind computes, or `nil` for a kind that computes nothing.
    static func algorithm(of kind: TaskKind) -> (any FibonacciAlgorithm)? {
        switch kind {
        case .fibRecursive: RecursiveFibonacci()
        case .fibIterative: IterativeFibonacci()
        case .fibGMP: GMPFibonacci()
        case .fibGMPDoubling: GMPDoublingFibonacci()
        case .fibBinet: BinetFibonacci()
        case .sleep, .message, .crash, .fail, .hang: nil
        }
    }

    /// An executor of every kind.
    package init() {}

    /// Runs one task, which is no message. Blocks its thread for as long as the task takes.
    ///
    /// - Parameters:
    ///   - attempt: which attempt at it this is, from 1.
    ///   - inFull: whether a number is wanted in decimal, too, which can take as long as to compute it.
    package func run(_ kind: TaskKind, parameter: Int64, attempt: Int = 1, inFull: Bool = false) -> Result {
        guard let algorithm = Self.algorithm(of: kind) else {
            if kind.misbehaves { return misbehave(kind, isTime: parameter == 0 || attempt <= parameter) }
            precondition(kind == .sleep, "\(kind.name) neither computes nor sleeps")
            return sleep(microseconds: parameter)
        }
        do throws(FibonacciError) {
            let value = try algorithm.value(at: Int(parameter))
            let residue = value.residue(modulo: FibonacciResidue.auditPrime)
            guard inFull else { return .residue(residue) }
            return .number(residue: residue, decimal: SHA256Text.shortened(integer: value.decimal()))
        } catch {
            return .failed(reason: "\(error)")
        }
    }

    private func misbehave(_ kind: TaskKind, isTime: Bool) -> Result {
        guard isTime else { return .nothing }
        switch kind {
        case .crash: kill(getpid(), SIGKILL)
        case .fail: return .threw(reason: "it was to fail")
        default: break
        }
        // A crash is on its way; what hangs, hangs.
        while true { Glibc.sleep(3_600) }
    }

    private func sleep(microseconds: Int64) -> Result {
        let began = MonotonicClock.nanoseconds()
        MonotonicClock.sleep(until: began + UInt64(microseconds) * 1_000)
        return .waited(MonotonicClock.nanoseconds() - began)
    }
}
