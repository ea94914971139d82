/// What a task's sending waits for.
package enum LoadLoop: Hashable, Sendable {
    /// For its time: a schedule goes on whatever becomes of the tasks before.
    case open
    /// For the end of an earlier one: so many tasks are on their way at any time. What it measures hides what a task would have
    /// waited that a stall kept from being sent.
    case closed(window: Int)
    /// For nothing: all tasks are sent before the workers start.
    case backlog
}
