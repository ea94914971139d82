/// A claim that somebody holds, seen from outside.
public struct HeldClaim: Equatable, Sendable {
    /// Its name; in the protocols that lock single tasks the task's.
    public let name: String
    /// How many tasks it holds.
    public let tasks: Int
    /// How much of its lease is left; negative once it ran out, `nil` where nothing covers it.
    public let left: Duration?

    /// A claim of these values.
    public init(name: String, tasks: Int, left: Duration?) {
        self.name = name
        self.tasks = tasks
        self.left = left
    }
}
