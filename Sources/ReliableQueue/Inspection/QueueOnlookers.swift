import Redis

/// Who is connected to a queue, by what for: workers, their keepers, monitors, producers.
extension TaskQueue {
    /// How many connections each part of the queue's processes has, from the server's list of clients.
    ///
    /// - Parameter configuration: the queue's own.
    public func connections(
        _ configuration: QueueConfiguration
    ) throws(QueueError) -> [(part: QueueConfiguration.Part, count: Int)] {
        let list: String
        do throws(RedisError) {
            list = try connection.call("CLIENT", "LIST").text()
        } catch {
            throw .redis(error)
        }
        let names = list.split(whereSeparator: \.isNewline).flatMap { line in
            line.split(separator: " ").filter { $0.hasPrefix("name=") }.map { $0.dropFirst(5) }
        }
        return QueueConfiguration.Part.allCases.map { part in
            (part, names.count { $0 == configuration.clientName(of: part) })
        }
    }
}
