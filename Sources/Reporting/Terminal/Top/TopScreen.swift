/// A page as the lines of a terminal of some size: none wider, no more of them. What does not fit is cut, never wrapped.
///
/// Pure: a page and a size in, lines out. Figures come first, and tables fill what is left.
package struct TopScreen {
    private let page: TopPage
    private let hint: String

    /// A screen of a page; `hint` says how to leave, on its first line.
    package init(_ page: TopPage, hint: String = "") {
        self.page = page
        self.hint = hint
    }

    /// The lines.
    package func lines(width: Int, height: Int) -> [StyledLine] {
        guard width > 0, height > 0 else { return [] }
        let figures = ([title(width)] + alarms(width) + page.groups.flatMap { $0.lines(width: width) })
        return Array((figures + tables(width, height - figures.count)).prefix(height))
    }

    /// The whole page as text, with a line break behind each line: as wide as is usual, and as long as it gets.
    package func text(width: Int) -> String {
        lines(width: width, height: .max).map { $0.text + "\n" }.joined()
    }

    private func title(_ width: Int) -> StyledLine {
        let right = [page.clock, hint].filter { !$0.isEmpty }.joined(separator: " · ")
        var line = StyledLine("fibq top", .strong)
        line.append("  \(page.queue)", .strong)
        line.append("  \(page.queueProtocol) on \(page.server)", .faint)
        let room = width - TextWidth.columns(of: right) - 2
        guard room >= 24 else { return line.cut(to: width) }
        line = line.cut(to: room)
        line.pad(to: room + 2)
        line.append(right, .faint)
        return line
    }

    private func alarms(_ width: Int) -> [StyledLine] {
        page.alarms.map { StyledLine("! " + $0, .alarm).cut(to: width) }
    }

    /// Each table gets a heading, a row and a blank line above before one gets more, the first one most of what is left.
    private func tables(_ width: Int, _ height: Int) -> [StyledLine] {
        var left = height
        var granted: [(table: TopTable, rows: Int)] = []
        for table in page.tables where !table.rows.isEmpty && left >= 3 {
            granted.append((table, 1))
            left -= 3
        }
        for index in granted.indices {
            let more = min(left, granted[index].table.rows.count - 1)
            granted[index].rows += more
            left -= more
        }
        return granted.flatMap { table, rows in [StyledLine()] + table.lines(width: width, height: rows + 1) }
    }
}
