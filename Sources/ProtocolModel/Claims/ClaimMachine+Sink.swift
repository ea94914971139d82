// What the sink does, by the rules of the placement ledger.
extension ClaimMachine {
    /// Judges a placement by its token first, then by its task.
    func place(_ task: Int, _ hand: Hand, in state: inout ClaimState) -> (isAccepted: Bool, broken: Properties) {
        var entry = state.sink[task / 2][task % 2]
        defer { state.sink[task / 2][task % 2] = entry }
        if rules.sinkComparesTokens {
            entry.highest = max(entry.highest, hand.token)
            if entry.highest > hand.token { return (false, []) }
        }
        var broken: Properties = []
        if hand.order < entry.latest { broken.insert(.staleAccepted) }
        entry.latest = max(entry.latest, hand.order)
        if entry.isPlaced, !rules.sinkKeepsReceipts { broken.insert(.effectTwice) }
        entry.isPlaced = true
        return (true, broken)
    }
}
