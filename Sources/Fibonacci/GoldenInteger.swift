internal import Multiprecision

/// A number a + bφ of the ring Z[φ], φ² = φ + 1, with integers a and b of any size. All of it is exact.
struct GoldenInteger: ~Copyable {
    private var rational: BigInteger
    private var golden: BigInteger
    private var scratch = BigInteger()

    /// a + bφ
    init(_ rational: Int, _ golden: Int) {
        self.rational = BigInteger(rational)
        self.golden = BigInteger(golden)
    }

    private init(rational: consuming BigInteger, golden: consuming BigInteger) {
        self.rational = rational
        self.golden = golden
    }

    /// (a + bφ)² = (a² + b²) + (2ab + b²)φ, the second as (a + b)² − a²: three squarings.
    mutating func square() {
        scratch.setToSum(of: rational, golden)
        scratch.square()
        rational.square()
        golden.square()
        scratch.subtract(rational)
        rational.add(golden)
        swap(&golden, &scratch)
    }

    /// Multiplies by φ: (a + bφ) φ = b + (a + b)φ; or by its inverse: (a + bφ)(φ − 1) = (b − a) + aφ.
    mutating func multiplyByUnit(inverse: Bool) {
        if inverse {
            golden.subtract(rational)
        } else {
            rational.add(golden)
        }
        swap(&rational, &golden)
    }

    /// a + bψ = (a + b) − bφ
    borrowing func conjugate() -> GoldenInteger {
        var sum = BigInteger()
        sum.setToSum(of: rational, golden)
        var opposite = golden.copy()
        opposite.negate()
        return GoldenInteger(rational: sum, golden: opposite)
    }

    /// Subtracts `other`.
    mutating func subtract(_ other: borrowing GoldenInteger) {
        rational.subtract(other.rational)
        golden.subtract(other.golden)
    }

    /// The integer (a + bφ) / √5; a number that isn't an integer times √5 is a programmer's error.
    ///
    /// √5 = 2φ − 1 is its own inverse but for a factor 5: (a + bφ)(2φ − 1) = (2b − a) + (2a + b)φ.
    consuming func dividedByRootOfFive() -> BigInteger {
        var rest = golden.copy()
        rest.addProduct(of: rational, 2)
        precondition(rest.isZero, "what is divided is an integer times √5")
        golden.shiftLeft(by: 1)
        golden.subtract(rational)
        golden.divideExactly(by: 5)
        return golden
    }
}
