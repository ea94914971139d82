import Crypto
import Fibonacci
import Foundation
import Testing

/// A row of `Reference/fibonacci.csv`: a Fibonacci number computed by other means.
struct ReferenceNumber: Sendable, CustomTestStringConvertible {
    let n: Int
    let digits: Int
    let digest: String
    /// Empty for long numbers, which the digest stands for.
    let decimal: String

    var testDescription: String { "F(\(n))" }

    static func all() throws -> [ReferenceNumber] {
        let url = try #require(Bundle.module.url(forResource: "Reference/fibonacci", withExtension: "csv"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        return try lines.dropFirst().map(ReferenceNumber.init(line:))
    }

    private init(line: Substring) throws {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        try #require(fields.count == 4)
        n = try #require(Int(fields[0]))
        digits = try #require(Int(fields[1]))
        digest = fields[2]
        decimal = fields[3]
    }
}

/// Holds an exact algorithm against each row of the table up to `limit` and its own end.
func expectReference(_ algorithm: any FibonacciAlgorithm, upTo limit: Int = .max) throws {
    let end = min(limit, algorithm.largestIndex ?? .max)
    let rows = try ReferenceNumber.all().filter { $0.n <= end }
    try #require(!rows.isEmpty)
    for row in rows {
        let text = try algorithm.value(at: row.n).decimal()
        #expect(text.utf8.count == row.digits, "F(\(row.n)) by \(algorithm.name)")
        #expect(sha256(text) == row.digest, "F(\(row.n)) by \(algorithm.name)")
        #expect(row.decimal.isEmpty || text == row.decimal, "F(\(row.n)) by \(algorithm.name)")
    }
}

/// Holds an exact algorithm to F(−n) = (−1)^(n+1) F(n).
func expectReflection(_ algorithm: any FibonacciAlgorithm, upTo limit: Int = 300) throws {
    try #require(algorithm.takesNegativeIndices)
    for n in 0...min(limit, algorithm.largestIndex ?? .max) {
        let text = try algorithm.value(at: n).decimal()
        let expected = n > 0 && n.isMultiple(of: 2) ? "-" + text : text
        #expect(try algorithm.value(at: -n).decimal() == expected, "F(-\(n)) by \(algorithm.name)")
    }
}

private func sha256(_ text: String) -> String {
    SHA256.hash(data: Data(text.utf8)).map { byte in
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }.joined()
}
