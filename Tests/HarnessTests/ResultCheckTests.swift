import Fibonacci
import Harness
import Measurement
import Reporting
import Testing
import Workload

/// Results against the exact values, modulo the audit's prime.
@Suite struct ResultCheckTests {
    private let fixture: JournalFixture

    init() throws {
        fixture = try JournalFixture()
    }

    @Test func aWrongResultOfAnExactAlgorithmIsWrong() throws {
        try fixture.send(3)
        try fixture.worker().run(0..<3) { if $0.sequence == 1 { $0.residue += 1 } }
        let results = try fixture.analysis().results
        #expect(results.wrong == 1)
        #expect(results.inexact.isEmpty)
    }

    /// What Binet's formula gives beyond n = 70 is what is being studied, and no defect.
    @Test func aWrongResultOfARoundingAlgorithmIsInexact() throws {
        try fixture.send(2, kind: .fibBinet)
        try fixture.worker().run(0..<2) { record in
            record.kind = TaskKind.fibBinet.rawValue
            record.parameter = record.sequence == 0 ? 70 : 80
            record.residue = FibonacciResidue.value(at: 70, modulo: FibonacciResidue.auditPrime)
        }
        let analysis = try fixture.analysis()
        #expect(analysis.results.wrong == 0)
        #expect(analysis.results.inexact == [.fibBinet: 1])
        #expect(analysis.accuracy.map(\.n) == [70, 80])
        #expect(analysis.accuracy.map(\.isExact) == [true, false])
    }

    @Test func attemptsWithoutAResultAreNotJudged() throws {
        try fixture.send(3)
        let worker = try fixture.worker()
        try worker.run([0]) { ($0.kind, $0.residue) = (TaskKind.sleep.rawValue, 0) }
        try worker.run([1], at: 20) { ($0.outcome, $0.residue) = (.failed, 0) }
        try worker.run([2], at: 30, ack: .none, isExecuted: false) { record in
            (record.outcome, record.finished, record.residue) = (.started, 0, 0)
        }
        #expect(try fixture.analysis().results.wrong == 0)
    }

    /// All but messages, which are placed and not executed.
    @Test(arguments: TaskKind.allCases.filter { $0 != .message && !$0.misbehaves }) func everyKindIsExecuted(
        kind: TaskKind
    ) {
        let executor = TaskExecutor()
        for n in [0, 1, 2, 10, 25] {
            switch executor.run(kind, parameter: Int64(n)) {
            case .residue(let residue):
                #expect(kind != .sleep)
                #expect(residue == FibonacciResidue.value(at: n, modulo: FibonacciResidue.auditPrime), "F(\(n))")
            case .waited(let nanoseconds):
                #expect(kind == .sleep)
                #expect(nanoseconds >= UInt64(n) * 1_000)
            case .number: Issue.record("nobody asked for all of F(\(n))")
            case .nothing, .threw: Issue.record("\(kind.name) misbehaves")
            case .failed(let reason):
                Issue.record("\(kind.name) of \(n): \(reason)")
            }
        }
    }

    /// Whoever asks gets the number itself, shortened where it is long, and its residue as ever.
    @Test(arguments: [100, 4_786, 4_787]) func aNumberCanBeHadInFull(n: Int) throws {
        guard case .number(let residue, let decimal) = TaskExecutor().run(.fibGMP, parameter: Int64(n), inFull: true)
        else {
            Issue.record("no number")
            return
        }
        #expect(residue == FibonacciResidue.value(at: n, modulo: FibonacciResidue.auditPrime))
        let value = try GMPFibonacci().value(at: n).decimal()
        // F(4786) has 1,000 digits, F(4787) one more.
        #expect(decimal == (n < 4_787 ? value : "sha256:\(SHA256Text.of(value)):1001"))
    }

    @Test func whatCannotBeComputedFailsWithItsReason() {
        guard case .failed(let reason) = TaskExecutor().run(.fibIterative, parameter: 94) else {
            Issue.record("F(94) does not fit")
            return
        }
        #expect(reason.contains("F(94)"))
    }
}
