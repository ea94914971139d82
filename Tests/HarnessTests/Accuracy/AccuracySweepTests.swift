import Fibonacci
import Foundation
import Harness
import Multiprecision
import Reporting
import Testing

@Suite struct AccuracySweepTests {
    private func rows(_ names: [String], _ range: ClosedRange<Int>, bits: [Int]? = nil) throws -> [AccuracyRow] {
        let variants = try AlgorithmVariant.expand(
            names, precisions: bits, roundings: nil, defaults: (bits: [53], modes: [.nearest]))
        let sweep = try AccuracySweep(from: range.lowerBound, to: range.upperBound, variants: variants, force: false)
        var rows: [AccuracyRow] = []
        try sweep.run("test") { row throws(HarnessError) in rows.append(row) }
        return rows
    }

    @Test func binetIsFirstWrongAt71() throws {
        let rows = try rows(["binet"], 0...200)
        #expect(rows.count == 201 && rows.map(\.n) == Array(0...200))
        #expect(rows.first { !$0.isExact }?.n == 71)
        #expect(rows[100].computed == "354224848179263111168" && rows[100].exact == "354224848179261915075")
    }

    @Test func aRowBeyondTheFormatHasNoValue() throws {
        let rows = try rows(["binet-float"], 184...185)
        #expect(rows[0].computed != nil && rows[1].computed == nil && !rows[1].isExact)
        #expect(rows[1].exact == BigInteger(fibonacci: 185).decimal())
    }

    @Test func takesNegativeNWhereAnAlgorithmDoes() throws {
        #expect(try rows(["gmp"], -3...0).map(\.exact) == ["2", "-1", "1", "0"])
        #expect(try rows(["lucas"], -3...0).allSatisfy(\.isExact))
        #expect(throws: HarnessError.self) { try rows(["binet"], -1...1) }
    }

    @Test func badInputIsOneLine() throws {
        let attempts: [() throws -> Void] = [
            { _ = try AccuracySweep(from: 2, to: 1, variants: [], force: false) },
            { _ = try AccuracyLists.precisions("24,x") }, { _ = try AccuracyLists.precisions("1") },
            { _ = try AccuracyLists.roundingModes("sideways") }, { _ = try AccuracyLists.names("a,,b") },
            { _ = try rows(["nosuch"], 0...1) }, { _ = try rows(["binet"], 0...1, bits: [24]) },
            { _ = try rows(["recursive"], 0...60) }, { _ = try TimingSweep(["gmp"], to: 0) },
        ]
        for attempt in attempts {
            let error = #expect(throws: HarnessError.self) { try attempt() }
            #expect(error?.exitCode == 64 && error?.description.contains("\n") == false)
        }
    }

    @Test func anErrorThatNoDoubleHoldsIsWrittenInFull() throws {
        let variants = try AlgorithmVariant.expand(
            ["binet-mpfr"], precisions: [11], roundings: [.zero], defaults: (bits: [], modes: []))
        let sweep = try AccuracySweep(from: 2_000, to: 2_000, variants: variants, force: false)
        try sweep.run("test") { row throws(HarnessError) in
            #expect(row.absoluteError?.contains("e+41") == true, "\(row.absoluteError ?? "")")
        }
    }

    @Test func noHalfWrittenFileIsLeft() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accuracy-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "x.csv").path
        #expect(throws: HarnessError.usage("stop")) {
            try CSVDestination(path).write(AccuracyRow.self) { _ throws(HarnessError) in throw .usage("stop") }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        #expect(throws: HarnessError.self) {
            try CSVDestination(path + "/no/x.csv").write(AccuracyRow.self) { _ throws(HarnessError) in }
        }
    }
}
