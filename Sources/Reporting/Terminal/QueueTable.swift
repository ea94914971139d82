/// A live queue for a person to read: what lies where, who holds what, who is there.
///
/// Pure: values in, text out.
package struct QueueTable {
    /// A claim that is held.
    package struct Claim: Sendable {
        let name: String
        let tasks: Int
        let leftSeconds: Double?

        /// A claim of these values; `leftSeconds` is what is left of its lease.
        package init(name: String, tasks: Int, leftSeconds: Double?) {
            self.name = name
            self.tasks = tasks
            self.leftSeconds = leftSeconds
        }
    }

    /// Tasks by the place where they lie.
    package var places: [(name: String, count: Int)] = []
    /// The shards, where there are several.
    package var shards: [ShardTable.Row] = []
    /// Connections by what they are for.
    package var connections: [(name: String, count: Int)] = []
    /// Claims that are held.
    package var claims: [Claim] = []

    /// An empty table.
    package init() {}

    /// The text, ending with a line break.
    package func render() -> String {
        let parts = [
            counts("Tasks", places), shards.isEmpty ? nil : ShardTable(rows: shards).titled.rendered,
            counts("Connections", connections),
            TitledTable(
                title: "Claims", headings: [.text("claim"), .number("tasks"), .number("lease left")],
                rows: claims.map { [$0.name, HumanNumber.count($0.tasks), Self.left($0.leftSeconds)] }
            ).rendered,
        ]
        return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
    }

    private func counts(_ title: String, _ values: [(name: String, count: Int)]) -> String? {
        TitledTable(
            title: title, headings: values.map { .number($0.name) }, rows: [values.map { HumanNumber.count($0.count) }]
        ).rendered
    }

    private static func left(_ seconds: Double?) -> String {
        guard let seconds else { return "no lock" }
        return seconds < 0 ? "expired" : HumanNumber.time(microseconds: seconds * 1e6)
    }
}
