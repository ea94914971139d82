/// The scripts of `lease`, one method for each file of Lua.
struct LeaseScripts: ClaimScripts {
    let rules: ClaimRules
    let bounds: Bounds
    var kind: ProtocolKind { .lease }
    var looksBeforeItTakes: Bool { true }

    func claim(_ order: ClaimOrder, in store: inout ClaimStore, _ history: inout ClaimHistory) -> ClaimAnswer {
        if rules.naming == .nonce, store.records[Int(order.nonce)] >= Int(order.request) {
            guard let record = store.claim(order.name), !record.tasks.isEmpty else { return .gone }
            return .claimed(record)
        }
        // A claim named after its worker's place is the successor's, too.
        if rules.naming == .slot, let record = store.claim(name(order, history)) { return .claimed(record) }
        store.due.forEach { store.retry.append($0) }
        store.due = TaskSet()
        guard store.isClaimable else {
            if store.delayed.isEmpty || !rules.keepsMarkerWhileDelayed { store.isMarked = false }
            return .nothing(isDelayed: !store.delayed.isEmpty)
        }
        let isRetry = takesRetry(&store)
        return .claimed(open(order, isRetry: isRetry, in: &store, &history))
    }

    func held(_ hand: Hand, in store: ClaimStore) -> ClaimRecord? {
        guard let claim = store.claim(of: hand, rules.naming), claim.token == hand.token else { return nil }
        return claim
    }

    func ack(_ hand: Hand, _ tasks: TaskSet, in store: inout ClaimStore) -> Ended {
        guard let claim = held(hand, in: store) else { return Ended() }
        if rules.ackComparesLength, claim.tasks.count != tasks.bits.nonzeroBitCount { return Ended(isHeld: true) }
        for task in claim.tasks { end(task, in: &store) }
        store.drop(claim.name)
        return Ended(tasks: TaskSet(claim.tasks), isHeld: true, broken: judge(hand, claim))
    }

    func ackTasks(_ hand: Hand, _ tasks: TaskSet, in store: inout ClaimStore) -> Ended {
        var ended = Ended()
        guard var claim = held(hand, in: store) else {
            if !rules.ackTestsMembership { tasks.forEach { end($0, in: &store) } }
            return ended
        }
        ended = Ended(isHeld: true, broken: judge(hand, claim))
        tasks.forEach { task in
            let isTaken = take(task, outOf: &claim, in: &store)
            guard isTaken || !rules.ackTestsMembership else { return }
            end(task, in: &store)
            ended.tasks.insert(task)
        }
        return ended
    }

    func release(_ hand: Hand, in store: inout ClaimStore) -> Ended {
        guard let claim = held(hand, in: store) else { return Ended() }
        if claim.isRetry {
            store.retry.prepend(contentsOf: claim.tasks)
        } else {
            store.pending.prepend(contentsOf: claim.tasks)
        }
        store.drop(claim.name)
        store.isMarked = true
        return Ended(tasks: TaskSet(claim.tasks), isHeld: true, broken: judge(hand, claim))
    }

    func fail(_ hand: Hand, _ task: Int, in store: inout ClaimStore) -> Ended {
        guard var claim = held(hand, in: store), take(task, outOf: &claim, in: &store) else { return Ended() }
        delayOrBury(task, in: &store)
        return Ended(tasks: TaskSet(ShortList(only: task)), isHeld: true, broken: judge(hand, claim))
    }

    func recover(_ names: Pair<ClaimName?>, in store: inout ClaimStore, _ history: ClaimHistory) -> Properties {
        var broken: Properties = []
        var hasRecovered = false
        for index in 0..<2 {
            guard let name = names[index], var claim = store.claim(name), claim.lease != .none else { continue }
            if claim.lease == .live {
                if rules.recoveryLooksAgain { continue }
                broken.insert(.liveClaimTaken)
            }
            if claim.tasks.isEmpty {
                if !rules.keepsEmptyClaims { store.drop(name) }
                continue
            }
            let taken = claim.tasks.takeFirst(rules.recoversWhole ? 7 : 1)
            if claim.tasks.isEmpty { store.drop(name) } else { store.put(claim) }
            for task in taken where !countLoss(task, claim, in: &store) {
                store.retry.append(task)
                hasRecovered = true
            }
        }
        if hasRecovered, rules.recoverySetsMarker { store.isMarked = true }
        return broken
    }
}
