/// The scripts of `stream`, one method for each file of Lua.
///
/// A claim is a consumer, its tasks are the entries that it holds; an entry is known by its task and by how often that was
/// appended. All entries of a claim are delivered at once, so they idle too long at once.
struct StreamScripts: ClaimScripts {
    let rules: ClaimRules
    let bounds: Bounds
    var kind: ProtocolKind { .stream }
    var looksBeforeItTakes: Bool { false }

    func claim(_ order: ClaimOrder, in store: inout ClaimStore, _ history: inout ClaimHistory) -> ClaimAnswer {
        let known = store.records[Int(order.nonce)]
        if known >= Int(order.request) {
            guard known == Int(order.request), let record = store.claim(order.name) else { return .gone }
            return .claimed(record)
        }
        store.due.forEach { append($0, isRetry: true, in: &store) }
        store.due = TaskSet()
        guard store.isClaimable else {
            if store.delayed.isEmpty || !rules.keepsMarkerWhileDelayed { store.isMarked = false }
            return .nothing(isDelayed: !store.delayed.isEmpty)
        }
        let isRetry = takesRetry(&store)
        return .claimed(open(order, isRetry: isRetry, in: &store, &history))
    }

    /// XADD: the task gets an id that it never had.
    private func append(_ task: Int, isRetry: Bool, in store: inout ClaimStore) {
        store.versions[task] += 1
        if isRetry { store.retry.append(task) } else { store.pending.append(task) }
    }

    func held(_ hand: Hand, in store: ClaimStore) -> ClaimRecord? { store.claim(hand.name) }

    /// All or none, since recovery takes over entries and not claims.
    func ack(_ hand: Hand, _ tasks: TaskSet, in store: inout ClaimStore) -> Ended {
        var isWhole = true
        tasks.forEach { isWhole = isWhole && holder(of: $0, hand, in: store)?.tasks.contains($0) == true }
        guard isWhole || !rules.acksWholeOrNone else { return Ended(isHeld: held(hand, in: store) != nil) }
        return ackTasks(hand, tasks, in: &store)
    }

    func ackTasks(_ hand: Hand, _ tasks: TaskSet, in store: inout ClaimStore) -> Ended {
        var ended = Ended(isHeld: held(hand, in: store) != nil)
        tasks.forEach { task in
            guard var claim = holder(of: task, hand, in: store) else { return }
            guard take(task, outOf: &claim, in: &store) else { return }
            end(task, in: &store)
            ended.tasks.insert(task)
            ended.broken.formUnion(judge(hand, claim))
        }
        return ended
    }

    /// The claim whose entry an ack takes: its own; or whoever's, since XACK asks for the id only.
    private func holder(of task: Int, _ hand: Hand, in store: ClaimStore) -> ClaimRecord? {
        guard store.versions[task] == hand.versions[task] else { return nil }
        if rules.ackTestsMembership { return held(hand, in: store) }
        return store.claims.first { $0.tasks.contains(task) }
    }

    func release(_ hand: Hand, in store: inout ClaimStore) -> Ended {
        guard let claim = held(hand, in: store), !claim.tasks.isEmpty else { return Ended() }
        for task in claim.tasks { append(task, isRetry: claim.isRetry, in: &store) }
        store.drop(claim.name)
        store.isMarked = true
        return Ended(tasks: TaskSet(claim.tasks), isHeld: true, broken: judge(hand, claim))
    }

    func fail(_ hand: Hand, _ task: Int, in store: inout ClaimStore) -> Ended {
        guard var claim = held(hand, in: store), store.versions[task] == hand.versions[task],
            take(task, outOf: &claim, in: &store)
        else { return Ended() }
        delayOrBury(task, in: &store)
        return Ended(tasks: TaskSet(ShortList(only: task)), isHeld: true, broken: judge(hand, claim))
    }

    /// What takes entries back, over all entries that idle too long, or over one of each claim.
    func recover(_ names: Pair<ClaimName?>, in store: inout ClaimStore, _ history: ClaimHistory) -> Properties {
        if rules.monitorSetsLostMarker, !store.pending.isEmpty || !store.retry.isEmpty || !store.due.isEmpty {
            store.isMarked = true
        }
        var hasRecovered = false
        for var claim in store.claims where claim.lease == .expired {
            let taken = claim.tasks.takeFirst(rules.recoversWhole ? 7 : 1)
            if claim.tasks.isEmpty { store.drop(claim.name) } else { store.put(claim) }
            for task in taken where !countLoss(task, claim, in: &store) {
                append(task, isRetry: true, in: &store)
                hasRecovered = true
            }
        }
        if hasRecovered, rules.recoverySetsMarker { store.isMarked = true }
        return []
    }
}
