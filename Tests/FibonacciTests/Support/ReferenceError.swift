import Foundation
import Multiprecision
import Testing

/// A row of `Reference/ulp-errors.csv`, which `ulp-errors.py` beside it made.
struct ReferenceError: Sendable {
    let n: Int
    let precisionBits: Int
    let rounding: RoundingMode
    let computed: String
    let ulpError: Double
    let relativeError: Double
    let isExact: Bool

    static func all() throws -> [ReferenceError] {
        let url = try #require(Bundle.module.url(forResource: "Reference/ulp-errors", withExtension: "csv"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        return try lines.dropFirst().map(ReferenceError.init(line:))
    }

    private init(line: Substring) throws {
        let fields = line.split(separator: ",").map(String.init)
        try #require(fields.count == 7)
        n = try #require(Int(fields[0]))
        precisionBits = try #require(Int(fields[1]))
        rounding = try #require(RoundingMode(rawValue: fields[2]))
        computed = fields[3]
        ulpError = try #require(Double(fields[4]))
        relativeError = try #require(Double(fields[5]))
        isExact = fields[6] == "true"
    }
}

/// A row of `Reference/double-errors.csv`, which `double-errors.py` beside it made: how far a certain Double is off.
struct ReferenceDouble: Sendable {
    let n: Int
    let value: Double
    let computed: String
    let ulpError: Double
    let relativeError: Double
    let isExact: Bool

    static func all() throws -> [ReferenceDouble] {
        let url = try #require(Bundle.module.url(forResource: "Reference/double-errors", withExtension: "csv"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        return try lines.dropFirst().map(ReferenceDouble.init(line:))
    }

    private init(line: Substring) throws {
        let fields = line.split(separator: ",").map(String.init)
        try #require(fields.count == 6)
        n = try #require(Int(fields[0]))
        value = try #require(Double(fields[1]))
        computed = fields[2]
        ulpError = try #require(Double(fields[3]))
        relativeError = try #require(Double(fields[4]))
        isExact = fields[5] == "true"
    }
}
