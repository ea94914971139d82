import Multiprecision
import Testing

@Suite struct BigIntegerProductTests {
    @Test(arguments: [0, 1, 2, 90, 1_000, 30_001])
    func sparingProductIsTheProduct(n: Int) {
        for m in [0, 1, 3, 500, 40_000] {
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
