internal import Yams

/// A value in a scenario file with the name it stands under and its line, so that every error can say where it is.
struct ScenarioField {
    /// The name for error messages.
    let name: String
    /// The name of the file as it was given.
    let file: String
    private let node: Node
    /// The line, from 1.
    let line: Int

    /// The root of a document; nil if it holds nothing but comments. Throws if it is not well-formed.
    static func root(
        of yaml: String, file: String, called name: String = "a scenario"
    ) throws(ScenarioError) -> ScenarioField? {
        do {
            return try Yams.compose(yaml: yaml).map { ScenarioField(name: name, file: file, node: $0) }
        } catch {
            throw ScenarioError(malformed: yaml, file: file, cause: error)
        }
    }

    private init(name: String, file: String, node: Node, line: Int? = nil) {
        self.name = name
        self.file = file
        self.node = node
        self.line = line ?? node.mark?.line ?? 1
    }

    /// The fields of a mapping, in order; each has the line of its name.
    func fields(allowed: String) throws(ScenarioError) -> [ScenarioField] {
        guard case .mapping(let mapping) = node else { throw wrongType(allowed: allowed) }
        var fields: [ScenarioField] = []
        for (key, value) in mapping {
            guard let scalar = key.scalar else {
                throw wrongType("a mapping with names that are no text", allowed: allowed)
            }
            fields.append(ScenarioField(name: scalar.string, file: file, node: value, line: key.mark?.line))
        }
        return fields
    }

    /// The elements of a list, in order, under the list's name; nil if this is not a list.
    var elements: [ScenarioField]? {
        guard case .sequence(let sequence) = node else { return nil }
        return sequence.map { ScenarioField(name: name, file: file, node: $0) }
    }

    /// The same value under another name.
    func named(_ name: String) -> ScenarioField { ScenarioField(name: name, file: file, node: node, line: line) }

    /// Whether this is a mapping.
    var isMapping: Bool { node.mapping != nil }

    /// The text, quoted or not; `nil` for a list or a mapping.
    var plainText: String? { node.scalar?.string }

    /// A text, quoted or not.
    func text(allowed: String) throws(ScenarioError) -> String {
        guard case .scalar(let scalar) = node else { throw wrongType(allowed: allowed) }
        guard !(scalar.string.isEmpty && scalar.style == .plain) else { throw wrongType("empty", allowed: allowed) }
        return scalar.string
    }

    /// A text that `parse` understands.
    func parsed<Value>(
        allowed: String, _ parse: (String) throws(WorkloadError) -> Value
    ) throws(ScenarioError) -> Value {
        let text = try text(allowed: allowed)
        do { return try parse(text) } catch { throw located(error) }
    }

    /// A duration within `range`.
    func duration(in range: ClosedRange<Duration>) throws(ScenarioError) -> Duration {
        try parsed(allowed: "a duration, such as 500ms or 30s") { text throws(WorkloadError) in
            let duration = try Duration(parsing: text, what: name)
            guard range.contains(duration) else { throw .outside(range, what: name, value: text) }
            return duration
        }
    }

    /// A whole number within `range`; not a quoted one.
    func whole<Value: FixedWidthInteger>(in range: ClosedRange<Value>) throws(ScenarioError) -> Value {
        let text = try unquoted(allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        guard let value = Value(text), range.contains(value) else {
            throw located(.outside(range, what: name, value: text))
        }
        return value
    }

    /// `true` or `false`.
    func boolean() throws(ScenarioError) -> Bool {
        let text = try unquoted(allowed: "true, false")
        guard let value = Bool(text) else {
            throw located(.invalid(what: name, value: text, allowed: "true, false"))
        }
        return value
    }

    /// An error about this field.
    func located(_ error: WorkloadError) -> ScenarioError {
        ScenarioError(file: file, line: line, problem: error.problem, allowed: error.allowed)
    }

    private func unquoted(allowed: String) throws(ScenarioError) -> String {
        if let scalar = node.scalar, scalar.style != .plain { throw wrongType("quoted text", allowed: allowed) }
        return try text(allowed: allowed)
    }

    /// The error that this is something else than what is allowed; `found` says what, if its type does not.
    func wrongType(_ found: String? = nil, allowed: String) -> ScenarioError {
        let type = found ?? (node.mapping != nil ? "a mapping" : node.sequence != nil ? "a list" : "a single value")
        return ScenarioError(file: file, line: line, problem: "\(name) cannot be \(type)", allowed: allowed)
    }
}

extension ScenarioError {
    /// The error for YAML that is not well-formed, from what Yams says of it.
    fileprivate init(malformed yaml: String, file: String, cause: any Error) {
        switch cause {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, problem: "malformed YAML: \(problem)", allowed: nil)
        case YamlError.reader(let problem, let offset, _, _):
            let line = 1 + yaml.utf8.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") }
            self.init(file: file, line: line, problem: "malformed YAML: \(problem)", allowed: nil)
        case YamlError.duplicatedKeysInMapping(let names, let context):
            let repeated = names.map(\.debugDescription).joined(separator: ", ")
            self.init(file: file, line: context.mark.line, problem: "\(repeated) given more than once", allowed: "once")
        default:
            self.init(file: file, line: 1, problem: "malformed YAML: \(cause)", allowed: nil)
        }
    }
}
