#if os(Linux)
import Foundation
import Multiprecision
import Testing

@Suite struct OwnershipTests {
    /// One object of 2.5 KiB left behind in each round would be 250 MB at the end: four times the bound.
    @Test func everyNumberIsFreed() throws {
        try exercise(rounds: 1_000)
        let before = try residentBytes()
        try exercise(rounds: 100_000)
        #expect(try residentBytes() - before < 64 << 20)
    }

    private func exercise(rounds: Int) throws {
        let bits = 20_000
        for round in 0..<rounds {
            var value = BigInteger(minimumBitCapacity: bits)
            value.set(to: UInt64(round))
            value.shiftLeft(by: bits)
            var copy = value.copy()
            swap(&value, &copy)
            let real = Real(value, precisionBits: bits).subtracting(Real(copy, precisionBits: bits))
            try #require(real.doubleValue == 0)
        }
    }

    private func residentBytes() throws -> Int {
        let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(fields[1])) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
#endif
