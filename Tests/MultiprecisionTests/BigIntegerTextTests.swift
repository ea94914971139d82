import Multiprecision
import Testing

@Suite struct BigIntegerTextTests {
    @Test(arguments: [1, 2, 14, 15, 16, 17, 19, 20, 1_000, 100_000])
    func everyLengthIsReadAndWritten(digits: Int) throws {
        for text in [String(repeating: "9", count: digits), "1" + String(repeating: "0", count: digits - 1)] {
            let value = try number(text)
            #expect(value.decimal() == text)
            let negative = try number("-" + text)
            #expect(negative.decimal() == "-" + text)
        }
    }

    /// Random digits of every length on both sides of the size from which GMP writes them: what GMP reads comes back.
    @Test func randomNumbersAreWrittenAsTheyAreRead() throws {
        var generator = SystemRandomNumberGenerator()
        for digits in Array(1...400) + Array(760...790) {
            for first in "123456789" {
                // Runs of a digit, zeros and nines above all, are where carries and leading zeros go wrong.
                let run = Int.random(in: 0..<digits, using: &generator)
                let filler = ["0", "9", "5"].randomElement(using: &generator) ?? "0"
                let rest = (run..<max(run, digits - 1)).map { _ in String(Int.random(in: 0...9, using: &generator)) }
                let text = String(first) + String(repeating: filler, count: min(run, digits - 1)) + rest.joined()
                #expect(try number(text).decimal() == text)
                #expect(try number("-" + text).decimal() == "-" + text)
            }
        }
    }

    @Test(arguments: [("0", "0"), ("-0", "0"), ("007", "7"), ("-0010", "-10")])
    func writesNoLeadingZerosAndNoNegativeZero(text: String, expected: String) throws {
        let value = try number(text)
        #expect(value.decimal() == expected)
    }

    @Test(arguments: ["", "-", "+1", " 1", "1 ", "1 000", "1_000", "0x10", "--1", "1-", "1.0", "1\u{0}2", "٣"])
    func refusesWhatIsNoDecimalInteger(text: String) {
        #expect(throws: MalformedDecimal.self) { _ = try number(text) }
    }
}
