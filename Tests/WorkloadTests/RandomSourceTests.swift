import Foundation
import Testing
import Workload

@Suite("Random numbers")
struct RandomSourceTests {
    @Test("SplitMix64 gives the published numbers")
    func splitMix() {
        var random = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test("xoshiro256** gives the published numbers")
    func xoshiro() {
        var random = RandomSource(state: (1, 2, 3, 4))
        let numbers = (0..<10).map { _ in random.next() }
        #expect(
            numbers == [
                11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
                16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
                2_904_607_092_377_533_576,
            ])
    }

    @Test("integers below a bound are equally frequent", arguments: [UInt64(1), 2, 3, 7, 93])
    func below(bound: UInt64) {
        var random = source(seed: 7)
        var counts = [Int](repeating: 0, count: Int(bound))
        for _ in 0..<100_000 { counts[Int(random.below(bound))] += 1 }
        let share = 100_000 / Double(bound)
        for count in counts {
            #expect(abs(Double(count) - share) < 6 * share.squareRoot())
        }
    }

    @Test("a bound of three quarters of the range shows no modulo bias")
    func noBias() {
        let bound: UInt64 = 3 << 62
        var random = source(seed: 11)
        let below = (0..<30_000).count { _ in random.below(bound) < bound / 3 }
        #expect((9500...10_500).contains(below))
    }

    @Test("unit numbers are in 0..<1, exponential and normal ones have their moments")
    func moments() {
        var random = source(seed: 3)
        let units = (0..<100_000).map { _ in random.unit() }
        #expect(units.allSatisfy { (0..<1).contains($0) })
        #expect(abs(mean(units) - 0.5) < 0.01)
        let exponentials = (0..<100_000).map { _ in random.exponential() }
        #expect(exponentials.allSatisfy { (0..<37).contains($0) })
        #expect(abs(mean(exponentials) - 1) < 0.02)
        #expect(abs(mean(exponentials.map { $0 * $0 }) - 2) < 0.1)
        let normals = (0..<100_000).map { _ in random.normal() }
        #expect(abs(mean(normals)) < 0.02)
        #expect(abs(mean(normals.map { $0 * $0 }) - 1) < 0.03)
    }

    @Test("the logarithm agrees with the C library's", arguments: [UInt64(1), 2])
    func logarithm(seed: UInt64) {
        var random = source(seed: seed)
        for _ in 0..<10_000 {
            let x = random.unit() + 0x1p-53
            for argument in [x, 1 / x, 1 + x, x * 0x1p-60] {
                let exact = Foundation.log(argument)
                #expect(abs(PortableMath.log(argument) - exact) <= 4 * exact.ulp, "seed \(seed), x = \(argument)")
            }
        }
        #expect(PortableMath.log(1) == 0)
    }

    @Test("the exponential agrees with the C library's", arguments: [UInt64(1), 2])
    func exponential(seed: UInt64) {
        var random = source(seed: seed)
        for _ in 0..<10_000 {
            let x = 1400 * random.unit() - 700
            for argument in [x, x / 100, x / 100_000] {
                let exact = Foundation.exp(argument)
                #expect(abs(PortableMath.exp(argument) - exact) <= 4 * exact.ulp, "seed \(seed), x = \(argument)")
            }
        }
        #expect(PortableMath.exp(0) == 1)
    }

    private func source(seed: UInt64) -> RandomSource {
        var seeds = SplitMix64(seed: seed)
        return RandomSource(seeds: &seeds)
    }
}
