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
