extension TopPage {
    /// What becomes of the server's data.
    var savingGroup: TopGroup {
        var group = TopGroup("Saved")
        if let log = saving.log {
            describe(log, in: &group)
        } else {
            group.add("AOF", "off")
        }
        if let age = saving.snapshotAge {
            group.add("RDB", "\(HumanNumber.clock(seconds: Double(age))) old")
            group.add("unsaved", Self.counted(saving.unsavedChanges, "change"))
        } else {
            group.add("RDB", "off")
        }
        if saving.isSnapshotting { group.remark("RDB is being written") }
        if !saving.isSnapshotSound { group.remark("the last RDB failed", isWrong: true) }
        if saving.log == nil, saving.snapshotAge == nil { group.remark("memory only: what it dies with is lost") }
        return group
    }

    private func describe(_ log: AppendOnly, in group: inout TopGroup) {
        group.add("AOF", log.policy.isEmpty ? "on" : log.policy)
        group.add("length", HumanNumber.bytes(log.bytes))
        group.add("last write", log.isWriteSound ? "ok" : "failed", isWrong: !log.isWriteSound)
        group.add(
            "rewrite", log.isRewriting ? "under way" : log.isRewriteSound ? "ok" : "failed",
            isWrong: !log.isRewriteSound)
        group.add("pending fsync", HumanNumber.count(log.pendingSyncs))
        if log.delayedSyncs > 0 { group.add("writes that waited for fsync", HumanNumber.count(log.delayedSyncs)) }
    }
}
