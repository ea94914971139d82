extension StringProtocol {
    /// The text without leading and trailing white space.
    var trimmed: SubSequence {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }

    /// The finite decimal number that the whole text spells, with an optional minus sign, fraction and exponent;
    /// nil for anything else, such as `inf`, `0x10`, `.5` or an empty text.
    var decimal: Double? {
        let digits = hasPrefix("-") ? self.dropFirst() : self[...]
        guard let first = digits.utf8.first, first.isDigit,
            digits.utf8.allSatisfy({ $0.isDigit || ".eE+-".utf8.contains($0) }),
            let number = Double(self), number.isFinite
        else { return nil }
        return number
    }

    /// The pieces between those separators that stand outside parentheses.
    func splitOutsideParentheses(at separator: Character) -> [SubSequence] {
        var pieces: [SubSequence] = []
        var depth = 0
        var start = startIndex
        for index in indices {
            switch self[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case separator where depth == 0:
                pieces.append(self[start..<index])
                start = self.index(after: index)
            default: break
            }
        }
        return pieces + [self[start...]]
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Double {
    /// The shortest text that `decimal` reads back as this number, without `.0` for a whole one.
    var shortText: String { Int64(exactly: self).map(String.init) ?? description }
}
