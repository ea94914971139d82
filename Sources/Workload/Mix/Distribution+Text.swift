extension Distribution: CustomStringConvertible {
    /// The forms that a written distribution may have, for error messages.
    private static let forms = "90, 1..93, zipf(1..93,1.1), exponential(5), lognormal(5,0.5)"

    /// Reads a written distribution of a parameter of `kind`: `90`, `1..93`, or a name with its numbers in parentheses.
    ///
    /// Names are `fixed`, `uniform`, `zipf`, `exponential` and `lognormal`; the two bounds of a range may be written
    /// `lowest..highest` or apart.
    package init(parsing text: String, for kind: TaskKind) throws(WorkloadError) {
        let (shape, arguments) = Self.call(in: text.trimmed)
        let numbers = arguments.flatMap(Self.numbers(in:))
        guard let distribution = Self(shape: shape, numbers: numbers) else {
            throw .invalid(what: "\(kind.parameterName) of \(kind.name)", value: text, allowed: Self.forms)
        }
        try distribution.check(for: kind)
        self = distribution
    }

    /// The shortest text that reads back as this distribution.
    package var description: String {
        switch self {
        case .fixed(let value): value.shortText
        case .uniform(let range): "\(range.lowerBound.shortText)..\(range.upperBound.shortText)"
        case .zipf(let range, let exponent): "zipf(\(range.lowerBound)..\(range.upperBound),\(exponent.shortText))"
        case .exponential(let mean): "exponential(\(mean.shortText))"
        case .lognormal(let median, let sigma): "lognormal(\(median.shortText),\(sigma.shortText))"
        }
    }

    /// The name and the arguments in `name(a,b)`; a bare value or range has the name it stands for.
    private static func call(in text: Substring) -> (shape: Substring, arguments: [Substring]) {
        guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
            return (text.contains("..") ? "uniform" : "fixed", [text])
        }
        let inside = text[text.index(after: open)...].dropLast()
        return (text[..<open], inside.split(separator: ",", omittingEmptySubsequences: false))
    }

    /// The numbers in `a` or `a..b`; nil in place of each that is none.
    private static func numbers(in text: Substring) -> [Double?] {
        text.split(separator: "..", omittingEmptySubsequences: false).map(\.trimmed.decimal)
    }

    /// The distribution of that name, if the name is known and the numbers are of the right count and in order.
    private init?(shape: Substring, numbers: [Double?]) {
        let values = numbers.compactMap { $0 }
        guard values.count == numbers.count else { return nil }
        switch (shape, values.count) {
        case ("fixed", 1):
            self = .fixed(values[0])
        case ("uniform", 2) where values[0] <= values[1]:
            self = .uniform(values[0]...values[1])
        case ("zipf", 3) where values[0] <= values[1]:
            guard let lowest = Int(exactly: values[0]), let highest = Int(exactly: values[1]) else { return nil }
            self = .zipf(lowest...highest, exponent: values[2])
        case ("exponential", 1):
            self = .exponential(mean: values[0])
        case ("lognormal", 2):
            self = .lognormal(median: values[0], sigma: values[1])
        default:
            return nil
        }
    }
}
