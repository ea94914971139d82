import Foundation
import Reporting
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test("of a text (FIPS 180-2)")
    func text() {
        #expect(SHA256Text.of("abc") == Self.abc)
        #expect(SHA256Text.of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test(
        "of files shorter, longer and exactly as long as the pieces they are read in",
        arguments: [0, 3, 1 << 20, 2_500_000])
    func file(length: Int) throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "a", count: length)
        try directory.put(text, at: "a")
        #expect(try SHA256Text.ofFile(directory.file("a")) == SHA256Text.of(text))
    }

    @Test("of a million a (FIPS 180-2)")
    func million() throws {
        let directory = try TemporaryDirectory()
        try directory.put(String(repeating: "a", count: 1_000_000), at: "a")
        let sum = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(try SHA256Text.ofFile(directory.file("a")) == sum)
    }

    @Test("of a missing file is an error")
    func missing() {
        #expect(throws: ReportingError.self) { try SHA256Text.ofFile("/nonexistent/a") }
    }

    @Test("integers over 1,000 digits are shortened, the sign being none")
    func integers() {
        let thousand = String(repeating: "9", count: 1_000)
        #expect(SHA256Text.shortened(integer: "5") == "5")
        #expect(SHA256Text.shortened(integer: thousand) == thousand)
        #expect(SHA256Text.shortened(integer: "-" + thousand) == "-" + thousand)
        let long = thousand + "1"
        #expect(SHA256Text.shortened(integer: long) == "sha256:\(SHA256Text.of(long)):1001")
        #expect(SHA256Text.shortened(integer: "-" + long) == "sha256:\(SHA256Text.of("-" + long)):1001")
    }
}
