import Multiprecision
import Testing

@Suite struct BigIntegerProductTests {
    /// Some below and some above the size from which the product is taken in parts, one of them of unequal factors.
    @Test(arguments: [0, 1, 90, 400_000, 800_001, 1_234_567, 2_000_000])
    func sparingProductIsTheProduct(n: Int) {
        for m in [0, 1, 500, 700_000, 1_000_000] {
            let (first, second) = (UInt64(n), UInt64(m))
            var expected = BigInteger()
            expected.setToProduct(of: BigInteger(fibonacci: first), BigInteger(fibonacci: second))
            let product = BigInteger.sparingProduct(BigInteger(fibonacci: first), BigInteger(fibonacci: second))
            let agrees = product == expected
            #expect(agrees, "F(\(n)) F(\(m))")
        }
    }

    @Test func dividesHalvesNegates() throws {
        var value = try number("-1000000000000000000000")
        value.divideExactly(by: 5)
        value.halve()
        value.negate()
        #expect(value.decimal() == "100000000000000000000" && !value.isNegative)
        value.addProduct(of: try number("3"), 7)
        #expect(value.decimal() == "100000000000000000021" && value.trailingZeroBitCount == 0)
        var divisor = BigInteger()
        divisor.setToGreatestCommonDivisor(of: try number("-84"), try number("36"))
        #expect(divisor.decimal() == "12" && divisor.trailingZeroBitCount == 2)
    }

    @Test func refusesRemainders() async {
        await #expect(processExitsWith: .failure) {
            var odd = BigInteger(3 as Int)
            odd.halve()
        }
        await #expect(processExitsWith: .failure) {
            var value = BigInteger(7 as Int)
            value.divideExactly(by: 5)
        }
    }
}
