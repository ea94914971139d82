// What must hold in every state, and what a state looks like.
extension ClaimMachine {
    func broken(in state: ClaimState) -> Properties {
        var broken: Properties = []
        for task in 0..<bounds.tasks {
            let places = state.store.places(of: task)
            if places > 1 { broken.insert(.twoPlaces) }
            // A producer that goes on keeps what it sent, and will learn what is missing.
            if places == 0, state.history.acknowledged.contains(task), state.producer.isFinished {
                broken.insert(.lost)
            }
            if state.store.done.contains(task), !state.sink[task / 2][task % 2].isPlaced { broken.insert(.endedUnrun) }
        }
        for claim in state.store.claims where claim.lease == .none && !claim.tasks.isEmpty { broken.insert(.uncovered) }
        if !state.history.begun.isSuperset(of: state.store.buried) { broken.insert(.buriedUnheld) }
        if sleepsBesideWork(state) { broken.insert(.sleepsBesideWork) }
        if runsAtOnce(state) { broken.insert(.runsAtOnce) }
        return broken
    }

    private func sleepsBesideWork(_ state: ClaimState) -> Bool {
        guard state.store.isClaimable, !state.store.isMarked, !state.history.isMarkerLost else { return false }
        var isAsleep = false
        for index in 0..<bounds.workers {
            let worker = state.workers[index]
            guard worker.isLive, !worker.isPaused else { continue }
            switch worker.phase {
            case .claimingAwake: return false
            case .claiming, .claimingToo, .acking, .leaving:
                // One that leaves sets the marker if something is delayed or due.
                if !worker.isStopping || rules.leavingHandsWatchOn && !state.store.due.isEmpty { return false }
            case .waiting:
                if worker.isStopping || worker.waitsBriefly || worker.watchesDelay && !state.store.due.isEmpty {
                    return false
                }
                isAsleep = true
            default: break
            }
        }
        return isAsleep
    }

    private func runsAtOnce(_ state: ClaimState) -> Bool {
        let tasks = (0..<2).map { index -> Int? in
            let worker = state.workers[index]
            guard worker.phase == .running, let hand = worker.hand else { return nil }
            return hand.tasks[Int(worker.position)]
        }
        return tasks[0] != nil && tasks[0] == tasks[1]
    }

    func isDrained(_ state: ClaimState) -> Bool {
        guard state.producer.isFinished, !state.store.isClaimable, state.store.delayed.isEmpty else { return false }
        var ended = state.store.done
        ended.formUnion(state.store.dead)
        return ended.isSuperset(of: TaskSet(first: bounds.tasks))
            && state.store.claims.allSatisfy { $0.tasks.isEmpty }
    }

    func describe(_ state: ClaimState) -> [String] {
        let store = state.store
        var lines = [
            "Redis: pending \(store.pending) retry \(store.retry) delayed \(store.delayed) due \(store.due) dead \(store.dead)"
                + " done \(store.done) marker \(store.isMarked ? "set" : "unset") epoch \(store.epoch)"
        ]
        for claim in store.claims {
            lines.append("claim \(claim.name): token \(claim.token) tasks \(claim.tasks) lease \(claim.lease)")
        }
        for index in 0..<bounds.workers {
            let worker = state.workers[index]
            var line = "W\(index + 1): \(worker.phase)"
            if let hand = worker.hand {
                line += ", holds \(hand.name) \(hand.token) \(hand.tasks), done \(worker.done)"
            }
            lines.append(line + (worker.isPaused ? ", suspended" : ""))
        }
        for index in 0..<bounds.monitors { lines.append("M\(index + 1): \(state.monitors[index].phase)") }
        if !state.producer.isFinished {
            lines.append(
                "P: session \(state.producer.session), \(state.producer.kept.count) batches acknowledged in it")
        }
        var placed = TaskSet()
        for task in 0..<bounds.tasks where state.sink[task / 2][task % 2].isPlaced { placed.insert(task) }
        lines.append("acknowledged \(state.history.acknowledged), placed at the sink \(placed)")
        return lines
    }
}
