import Fibonacci
import Harness
import Multiprecision
import Testing

@Suite struct DivergenceScanTests {
    @Test func knownPointsOfDouble() throws {
        let binet = try DivergenceScan(of: BinetFibonacci())
        #expect(binet.firstInexact == 71 && binet.lastExact == 70 && binet.inexactBelowLastExact == 0)
        #expect(binet.firstUnrepresentable == 79 && binet.firstOverflow == 1475)
        let powi = try DivergenceScan(of: BinetPowiFibonacci())
        #expect(powi.firstInexact == 76 && powi.firstOverflow == 1475)
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
