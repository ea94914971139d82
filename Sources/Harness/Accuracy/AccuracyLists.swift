package import Multiprecision

/// Reads the comma-separated lists of `fibq accuracy`. Each throws ``HarnessError/usage(_:)`` in one line.
package enum AccuracyLists {
    /// Sizes of significands in bits, such as `24,53,113`.
    package static func precisions(_ text: String) throws(HarnessError) -> [Int] {
        try items(text, of: "--precision").map { item throws(HarnessError) in try precision(item) }
    }

    /// Rounding modes, such as `nearest,up`; `all` for every one.
    package static func roundingModes(_ text: String) throws(HarnessError) -> [RoundingMode] {
        if text == "all" { return RoundingMode.allCases }
        return try items(text, of: "--rounding").map { item throws(HarnessError) in try roundingMode(item) }
    }

    /// Names, such as `binet,gmp`; whether there are such algorithms is not looked at.
    package static func names(_ text: String) throws(HarnessError) -> [String] {
        try items(text, of: "--algorithm")
    }

    static func precision(_ text: String) throws(HarnessError) -> Int {
        guard let bits = Int(text), (2...maximumPrecision).contains(bits) else {
            throw .usage(
                "\"\(text)\" is no precision: give a number of bits from 2 to \(maximumPrecision), such as 53")
        }
        return bits
    }

    static func roundingMode(_ text: String) throws(HarnessError) -> RoundingMode {
        guard let mode = RoundingMode(rawValue: text) else {
            let names = RoundingMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw .usage("\"\(text)\" is no rounding mode: choose \(names)")
        }
        return mode
    }

    /// A hundred million bits: more than any number that is computed here in bearable time.
    private static let maximumPrecision = 100_000_000

    private static func items(_ text: String, of option: String) throws(HarnessError) -> [String] {
        let items = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard items.allSatisfy({ !$0.isEmpty }) else {
            throw .usage("\(option) \"\(text)\" has an empty item: write them as a,b,c")
        }
        return items
    }
}
