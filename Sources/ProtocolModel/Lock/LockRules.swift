/// The rules of `lock`, as the pattern has them, and what was proposed to mend it.
package struct LockRules: Hashable, Sendable {
    /// A monitor pushes a task back before it removes it, so that its own death doubles the task (L1).
    package var monitorPushesFirst = true
    /// A monitor does both in one step, and pushes only what it removed.
    package var requeuesAtomically = false
    /// A worker deletes its own lock only, not whoever's there is.
    package var comparesBeforeDeleting = false
    /// The sink keeps each task's first receipt, so that a message is placed once.
    package var sinkKeepsReceipts = false

    /// The pattern as it is built, with a sink that places whatever comes.
    package init() {}

    /// A copy that `change` has changed.
    package func with(_ change: (inout LockRules) -> Void) -> LockRules {
        var copy = self
        change(&copy)
        return copy
    }
}
