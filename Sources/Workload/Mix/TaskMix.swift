/// Which tasks a workload is made of, and in what proportion.
package struct TaskMix: Hashable, Sendable, CustomStringConvertible {
    /// The entries in the order given, at least one; a kind may come more than once.
    package let entries: [MixEntry]

    /// What a written mix looks like, for error messages.
    static let form = "KIND:parameter=value:weight=W:expect=D, such as fib-iterative:n=1..93:weight=6,sleep:ms=5"

    /// A mix of these entries; throws if there are none.
    package init(entries: [MixEntry]) throws(WorkloadError) {
        guard !entries.isEmpty else { throw .missing(what: "a task kind in the mix", allowed: Self.form) }
        self.entries = entries
    }

    /// Reads `KIND:parameter=value:weight=W:expect=D,…`; commas inside parentheses do not end an entry.
    package init(parsing text: String) throws(WorkloadError) {
        guard !text.trimmed.isEmpty else { throw .missing(what: "a task kind in the mix", allowed: Self.form) }
        var entries: [MixEntry] = []
        for piece in text.splitOutsideParentheses(at: ",") {
            entries.append(try Self.entry(parsing: piece.trimmed))
        }
        try self.init(entries: entries)
    }

    /// The canonical text, which reads back as this mix.
    package var description: String { entries.map(\.description).joined(separator: ",") }

    private static func entry(parsing text: Substring) throws(WorkloadError) -> MixEntry {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmed)
        var draft = MixEntryDraft(kind: try TaskKind(named: String(parts[0])))
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else {
                throw .invalid(what: "a part of a mix", value: String(part), allowed: form)
            }
            try draft.set(String(part[..<equals].trimmed), to: String(part[part.index(after: equals)...]))
        }
        return try draft.entry()
    }
}
