/// A table of the live view that shows as many rows as there is room for, and says how many there are.
struct TopTable {
    /// A column: its heading, and whether its values keep to the right.
    struct Column {
        let title: String
        let isNumber: Bool
    }

    let title: String
    let columns: [Column]
    let rows: [[String]]
    /// How many there are in all.
    let total: Int

    /// Its lines: at most so many, at least two or none.
    func lines(width: Int, height: Int) -> [StyledLine] {
        guard height >= 2, !rows.isEmpty else { return [] }
        let shown = rows.prefix(height - 1).map { $0.map(TextWidth.printable) }
        let count =
            shown.count < total ? "\(HumanNumber.count(shown.count)) of \(HumanNumber.count(total))" : "\(total)"
        let widths = columns.indices.map { column in
            ([columns[column].title] + shown.map { $0[column] }).map(TextWidth.columns).max() ?? 0
        }
        // The first column begins below the label's end, as the fields of groups do.
        var head = StyledLine("\(title) \(count)", .strong)
        head.append("  ")
        let start = max(TopGroup.labelWidth, head.width)
        head.pad(to: start)
        head.append(line(columns.map(\.title), widths), .faint)
        let body = shown.map { row in
            var body = StyledLine(String(repeating: " ", count: start))
            body.append(line(row, widths))
            return body
        }
        return ([head] + body).map { $0.cut(to: width) }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = columns.indices.map { column in
            let blanks = String(repeating: " ", count: widths[column] - TextWidth.columns(of: cells[column]))
            if columns[column].isNumber { return blanks + cells[column] }
            return column == columns.count - 1 ? cells[column] : cells[column] + blanks
        }
        return padded.joined(separator: "  ")
    }
}

extension TopPage {
    /// What is shown as far as there is room, the most important first.
    var tables: [TopTable] { [claimTable, letterTable, commandTable] }

    private var claimTable: TopTable {
        TopTable(
            title: "Claims",
            columns: [
                .init(title: "worker", isNumber: false), .init(title: "claim", isNumber: false),
                .init(title: "tasks", isNumber: true), .init(title: "lease left", isNumber: true),
                .init(title: "renewed", isNumber: true),
            ],
            rows: claims.map { claim in
                [
                    TextWidth.cut(claim.holder ?? "–", to: 16), TextWidth.cut(Self.shortName(of: claim), to: 28),
                    (claim.isEveryTaskSeen ? "" : "≥ ") + HumanNumber.count(claim.tasks), Self.left(claim.leftSeconds),
                    Self.text(of: claim.renewal),
                ]
            },
            total: max(tasks.claims, claims.count))
    }

    /// A claim's name without its holder's, with which it begins where workers name their claims.
    private static func shortName(of claim: Claim) -> String {
        guard let holder = claim.holder, claim.name.hasPrefix(holder + ".") else { return claim.name }
        return String(claim.name.dropFirst(holder.count + 1))
    }

    private static func left(_ seconds: Double?) -> String {
        guard let seconds else { return "no lock" }
        return seconds < 0 ? "expired" : time(seconds)
    }

    private static func text(of renewal: Claim.Renewal?) -> String {
        switch renewal {
        case .ago(0): "just now"
        case .ago(let seconds): time(seconds) + " ago"
        case .atLeast(let seconds): "≥ " + time(seconds) + " ago"
        case nil: "–"
        }
    }

    private var letterTable: TopTable {
        TopTable(
            title: "Dead", columns: ["task", "kind", "reason"].map { .init(title: $0, isNumber: false) },
            rows: letters.map { [$0.id, TextWidth.cut($0.kind, to: 16), $0.reason] },
            total: max(tasks.dead, letters.count)
        )
    }

    private var commandTable: TopTable {
        TopTable(
            title: "Commands",
            columns: [.init(title: "name", isNumber: false)]
                + ["a second", "mean", "p99 ever"].map { .init(title: $0, isNumber: true) },
            rows: commands.map { command in
                [
                    command.name, HumanNumber.number(command.perSecond),
                    HumanNumber.time(microseconds: command.meanMicroseconds),
                    command.p99Microseconds.map(HumanNumber.time) ?? "–",
                ]
            },
            total: commands.count)
    }
}
