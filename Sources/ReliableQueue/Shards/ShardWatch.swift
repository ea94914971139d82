/// Hears of a change in the number of a queue's shards: looks at its record every ``period``.
public struct ShardWatch: Sendable {
    /// How often it looks, and so how long it takes until a process has heard of a change.
    public static let period = Duration.seconds(1)

    private let configuration: QueueConfiguration

    /// A watch over this queue.
    public init(_ configuration: QueueConfiguration) { self.configuration = configuration }

    /// Looks until `stop` is set, and says each time how many shards there are.
    ///
    /// - Throws: what reading throws for the first time. Who has heard once goes on with that while the record can't be read.
    @available(*, noasync, message: "blocks its thread: call it from a thread of its own")
    public func run(until stop: StopSignal, tell: (ShardCount) -> Void) throws(QueueError) {
        let record = try ShardRecord(of: configuration, keepTrying: { !stop.isSet })
        var most = 1
        repeat {
            do throws(QueueError) {
                let count = try record.read()
                most = max(most, count.served)
                tell(count)
            } catch {
                guard most > 1, error.isOfOneShard else { throw error }
            }
        } while !stop.wait(upTo: Self.period)
    }
}
