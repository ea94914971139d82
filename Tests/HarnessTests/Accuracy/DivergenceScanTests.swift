import Fibonacci
import Harness
import Multiprecision
import ReliableQueue
import Reporting
import Testing

@Suite struct DivergenceScanTests {
    @Test func knownPointsOfDouble() throws {
        let binet = try DivergenceScan(of: BinetFibonacci())
        #expect(binet.firstInexact == 71 && binet.lastExact == 70 && binet.inexactBelowLastExact == 0)
        #expect(binet.firstUnrepresentable == 79 && binet.firstOverflow == 1475)
        let powi = try DivergenceScan(of: BinetPowiFibonacci())
        #expect(powi.firstInexact == 76 && powi.firstOverflow == 1475)
    }

    /// Bits, and what is found to nearest. F(54) has three zeros at its end, so 34 bits hold it though F(52) is too long.
    private static let gaps = [(34, [49, 54, 52, 3]), (35, [50, 52, 53, 1]), (83, [120, 121, 122, 1])]

    @Test(arguments: Self.gaps)
    func someFailBelowTheLastExact(bits: Int, expected: [Int]) throws {
        let scan = try DivergenceScan(of: BinetMPFRFibonacci(precisionBits: bits))
        let found = [scan.firstInexact, scan.lastExact, scan.firstUnrepresentable, scan.inexactBelowLastExact]
        #expect(found == expected.map(Optional.some))
        #expect(BigInteger(fibonacci: 54).trailingZeroBitCount == 3)
    }

    /// What the README says of the sizes that are scanned unless others are named.
    @Test(arguments: RoundingMode.allCases)
    func noneFailsBelowTheLastExactAtTheDefaultSizes(mode: RoundingMode) throws {
        for bits in AlgorithmVariant.defaultPrecisions where bits <= 512 {
            let scan = try DivergenceScan(of: BinetMPFRFibonacci(precisionBits: bits, rounding: mode))
            #expect(scan.inexactBelowLastExact == 0, "\(bits) bits")
        }
    }

    @Test func aRowNamesItsVariant() throws {
        let variants = try AlgorithmVariant.expand(
            ["binet-mpfr"], precisions: [34], roundings: [.nearest], defaults: ([], []))
        let variant = try #require(variants.first)
        let row = try DivergenceScan.row("test", variant)
        #expect(row.key.runID == "test" && row.key.cellID == "nearest" && row.rounding == "nearest")
        #expect(row.algorithm == "binet-mpfr" && row.precisionBits == 34 && row.inexactBelowLastExact == 3)
        #expect([row.firstInexact, row.lastExact, row.firstUnrepresentable] == [49, 54, 52])
        let bound = try #require(BoundRow(row, rounding: .nearest))
        let proven = try #require(provenExactLimit(precisionBits: 34))
        #expect(bound.provenExactTo == proven && bound.firstInexact == 49 && bound.gap == 49 - proven - 1)
    }

    @Test func manyBitsAreRefusedUnlessForced() throws {
        let algorithm = BinetMPFRFibonacci(precisionBits: 100_000_000)
        let error = #expect(throws: HarnessError.self) { try DivergenceScan.check(algorithm, force: false) }
        #expect(error?.exitCode == 64 && error?.description.contains("144050020 numbers") == true)
        #expect(try DivergenceScan.check(algorithm, force: true) == 100_000_000)
    }

    @Test func anInterruptedScanEnds() {
        let stop = StopSignal()
        stop.set()
        #expect(throws: HarnessError.interrupted("interrupted")) {
            try DivergenceScan(of: BinetFibonacci(), LongWork(stop: stop) { _ in })
        }
    }

    @Test(arguments: RoundingMode.allCases)
    func neverContradictsTheProof(mode: RoundingMode) throws {
        for bits in [2, 8, 11, 24, 53, 113, 256] {
            let scan = try DivergenceScan(of: BinetMPFRFibonacci(precisionBits: bits, rounding: mode))
            let proven = provenExactLimit(precisionBits: bits, rounding: mode) ?? -1
            #expect(scan.firstInexact.map { $0 > proven } == true, "\(bits) bits")
            #expect(scan.firstOverflow == nil)
        }
    }

    @Test func integersAreRefused() {
        #expect(throws: HarnessError.self) { try DivergenceScan(of: GMPFibonacci()) }
    }
}
