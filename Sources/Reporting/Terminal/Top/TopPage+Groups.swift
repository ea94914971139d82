extension TopPage {
    /// What is always shown, in the order of the screen.
    var groups: [TopGroup] {
        [
            tasksGroup, latest.map { rates($0, "Rates") }, smoothed.map { rates($0, "Smoothed") }, waitsGroup,
            peopleGroup, machineGroup, savingGroup, credits.map(Self.group),
        ].compactMap(\.self).filter { !$0.fields.isEmpty }
    }

    private var tasksGroup: TopGroup {
        var group = TopGroup("Tasks")
        group.add("waiting", HumanNumber.count(tasks.waiting))
        if tasks.retry > 0 { group.add("retry", HumanNumber.count(tasks.retry)) }
        if tasks.delayed > 0 { group.add("delayed", HumanNumber.count(tasks.delayed)) }
        if let held = tasks.held {
            let count = (tasks.isHeldEstimated ? "≈" : "") + HumanNumber.count(held)
            group.add("in flight", "\(count) in \(Self.counted(tasks.claims, "claim"))")
        } else {
            group.add("in flight", tasks.claims > 0 ? Self.counted(tasks.claims, "claim") : "not known")
        }
        if let expired = tasks.expired, expired > 0 {
            group.add("expired", Self.counted(expired, "claim"), isWrong: true)
        }
        group.add("dead letters", HumanNumber.count(tasks.dead))
        if let failed = tasks.failed, failed > 0 { group.add("failed before", HumanNumber.count(failed)) }
        if let orphaned = tasks.orphaned, orphaned > 0 { group.add("lost a worker", HumanNumber.count(orphaned)) }
        return group
    }

    private func rates(_ rates: Rates, _ label: String) -> TopGroup {
        var group = TopGroup(label)
        group.add("enqueued", rates.enqueuedText ?? "–")
        if let batches = rates.batches { group.add("batches", HumanNumber.rate(batches)) }
        if let claims = rates.claims { group.add("claims", HumanNumber.rate(claims)) }
        if let handedOut = rates.handedOut { group.add("handed out", HumanNumber.rate(handedOut)) }
        group.add("done", rates.doneText ?? "–")
        if let finished = rates.finished { group.add("finished, by the run", HumanNumber.rate(finished)) }
        if let backlog = rates.backlog { group.add("backlog", Self.change(backlog)) }
        if let dead = rates.dead, dead != 0 { group.add("dead letters", Self.change(dead), isWrong: dead > 0) }
        group.remark("over \(HumanNumber.time(microseconds: rates.seconds * 1e6))")
        return group
    }

    private var waitsGroup: TopGroup {
        var group = TopGroup("Waits")
        if let oldest = waits.oldest { group.add("the next task has waited", Self.time(oldest)) }
        if let predicted = waits.predicted {
            group.add("a new task will wait", predicted.isFinite ? "≈" + Self.time(predicted) : "for ever at this rate")
        }
        if let due = waits.nextDue {
            group.add("next delayed task", due < 0 ? "due since \(Self.time(-due))" : "due in \(Self.time(due))")
        }
        if let p99 = waits.endToEndP99 { group.add("end to end p99, by the run", Self.time(p99)) }
        if let ping = waits.ping { group.add("Redis answers in", Self.time(ping)) }
        return group
    }

    private var peopleGroup: TopGroup {
        var group = TopGroup("Connected")
        guard let people else {
            group.remark("not listed: the server has \(HumanNumber.count(machine.connections)) connections")
            return group
        }
        for part in people where part.count > 0 {
            var value = HumanNumber.count(part.count)
            if part.hosts > 1 { value += " from \(part.hosts) hosts" }
            if let idle = part.idleSeconds, idle > 1 {
                value += ", silent for \(HumanNumber.clock(seconds: Double(idle)))"
            }
            group.add(part.name, value)
        }
        if people.allSatisfy({ $0.count == 0 }) { group.remark("nobody") }
        if let producers, producers > 0 { group.add("open sessions of producers", HumanNumber.count(producers)) }
        return group
    }

    private var machineGroup: TopGroup {
        var group = TopGroup("Redis")
        group.add("", machine.version)
        let limit = machine.limitBytes > 0 ? " of \(HumanNumber.bytes(machine.limitBytes))" : ""
        group.add(
            "memory", HumanNumber.bytes(machine.usedBytes) + limit,
            isWrong: machine.limitBytes > 0 && Double(machine.usedBytes) > 0.95 * Double(machine.limitBytes))
        group.add("peak", HumanNumber.bytes(machine.peakBytes))
        group.add("fragmentation", HumanNumber.number(machine.fragmentation))
        if let processors = machine.processors { group.add("CPU", HumanNumber.percent(processors)) }
        if let commands = machine.commandsPerSecond { group.add("commands", HumanNumber.rate(commands)) }
        group.add("connections", HumanNumber.count(machine.connections))
        if let replication = machine.replication { group.add("", replication) }
        return group
    }

    private static func group(_ credits: Credits) -> TopGroup {
        var group = TopGroup("Credits")
        group.add(credits.instance, HumanNumber.number(credits.balance), isWrong: credits.balance <= 0)
        group.add("allowed", "\(HumanNumber.number(credits.allowedProcessors)) processors")
        if let throttled = credits.throttledSeconds { group.add("held back", time(throttled)) }
        if credits.timeScale != 1 { group.add("time scale", HumanNumber.number(credits.timeScale)) }
        if credits.ageSeconds > 5 {
            group.remark("as of \(HumanNumber.clock(seconds: credits.ageSeconds)) ago", isWrong: true)
        }
        return group
    }

    /// A rate at which something becomes more, or less.
    static func change(_ rate: Double) -> String { (rate > 0 ? "+" : "") + HumanNumber.rate(rate) }

    static func time(_ seconds: Double) -> String { HumanNumber.time(microseconds: seconds * 1e6) }

    static func counted(_ count: Int, _ noun: String) -> String {
        "\(HumanNumber.count(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}

extension TopPage.Rates {
    /// What was enqueued; `nil` where nobody knows.
    var enqueuedText: String? { enqueued.map { (isEnqueuedEstimated ? "≈" : "") + HumanNumber.rate($0) } }
    /// What was done; `nil` where nobody knows.
    var doneText: String? { done.map { (isDoneEstimated ? "≈" : "") + HumanNumber.rate($0) } }
}
