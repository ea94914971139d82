import Reporting

extension RunLaws {
    /// Tasks add up, in the summary and over the tables that count them.
    var counts: CheckOutcome {
        var laws = Agreements()
        laws.expect("number of rows in summary.csv", Double(runs), "that of a run", 1)
        checkSummary(&laws)
        // A task whose message is missing was acked, and is counted as lost.
        let acked = told("acked") + told("messages_missing")
        if let intervals = tables[IntervalRow.self] { check(intervals, acked: acked, &laws) }
        if let latency = tables[LatencyRow.self] { check(latency: latency, acked: acked, &laws) }
        if let intervals = tables[IntervalRow.self], let latency = tables[LatencyRow.self] {
            checkKinds(intervals, latency, &laws)
        }
        return CheckOutcome(.counts, "tasks add up, in summary, intervals and latencies", problems: laws.problems)
    }

    private func checkSummary(_ laws: inout Agreements) {
        if tells("lost", "left_in_redis") {
            laws.expect(
                "summary.csv: acked + dead + left_in_redis + lost",
                told("acked") + told("dead") + told("left_in_redis") + told("lost"), "sent", told("sent"))
        }
        for (part, whole) in [
            ("acked_unconfirmed", "acked"), ("recovered", "unacknowledged"), ("failed", "executions"),
            ("stale_acks", "executions"),
        ] {
            laws.expectAtMost("summary.csv: \(part)", told(part), whole, told(whole))
        }
    }

    private func check(_ intervals: CSVSheet, acked: Double, _ laws: inout Agreements) {
        laws.expect("intervals.csv: sum of acked", intervals.sum("acked"), "acked + messages_missing", acked)
        // What Redis refused was sent, and is neither of the two.
        laws.expectAtMost(
            "summary.csv: sent + unacknowledged", told("sent") + told("unacknowledged"),
            "the sum of sent in intervals.csv", intervals.sum("sent"))
    }

    private func check(latency: CSVSheet, acked: Double, _ laws: inout Agreements) {
        func count(_ kind: LatencyKind) -> Double {
            latency.sum("count", where: "latency_kind", is: kind.rawValue)
        }
        for kind in [LatencyKind.queueWait, .claim, .service, .endToEndIntended, .endToEndActual] {
            laws.expect("latency.csv: count of \(kind.rawValue)", count(kind), "acked + messages_missing", acked)
        }
        for kind in [LatencyKind.scheduleLag, .enqueue] {
            laws.expect("latency.csv: count of \(kind.rawValue)", count(kind), "sent", told("sent"))
        }
    }

    /// An attempt that counts is in both tables, under the kind of its task.
    private func checkKinds(_ intervals: CSVSheet, _ latency: CSVSheet, _ laws: inout Agreements) {
        let kinds = Set((intervals.texts("task_kind") ?? []) + (latency.texts("task_kind") ?? []))
        let figures = zip(
            zip(latency.texts("task_kind") ?? [], latency.texts("latency_kind") ?? []), latency.numbers("count"))
        for kind in kinds.sorted() where !kind.isEmpty {
            let ended = figures.first { $0.0 == (kind, LatencyKind.endToEndIntended.rawValue) }?.1 ?? 0
            laws.expect(
                "intervals.csv: sum of acked of \(kind)", intervals.sum("acked", where: "task_kind", is: kind),
                "its count in latency.csv", ended)
        }
    }
}
