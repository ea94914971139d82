import Multiprecision

/// A text that was meant to be a decimal integer and is not.
struct MalformedDecimal: Error {
    let text: String
}

/// The number that `text` spells. (`#require` cannot hand on what is not copyable.)
func number(_ text: String) throws -> BigInteger {
    guard let value = BigInteger(decimal: text) else { throw MalformedDecimal(text: text) }
    return value
}
