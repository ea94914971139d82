import Redis

/// The names of the locks of a claim's tasks, encoded once as the arguments that they are in every command: each lock is set and
/// deleted, and may be renewed from another thread. A string is made only of those that somebody wants to read.
struct LockNames: Sendable {
    /// One after the other.
    private var arguments: [UInt8] = []
    private var ends: [Int] = []
    /// What they all begin with.
    private let prefix: String
    private var template = Template()

    /// Of no task.
    init(prefix: String = "") { self.prefix = prefix }

    /// How many they are.
    var count: Int { ends.count }

    /// Adds that of a task.
    mutating func append(nameOf element: RawSpan) {
        if let task = DecodedElement(element) {
            if !template.fits(task.id) { template = Template(task.id, prefix) }
            arguments.append(contentsOf: template.argument)
            writeIndex(task.id.index)
        } else {
            arguments.append(contentsOf: CommandWriter.encoded([prefix + Self.name(of: element)]))
        }
        ends.append(arguments.count)
    }

    /// The same without those of some tasks.
    func picking(_ tasks: [Int]) -> LockNames {
        if tasks.count == count { return self }
        var picked = LockNames(prefix: prefix)
        for task in tasks {
            picked.arguments.append(contentsOf: arguments[range(of: task)])
            picked.ends.append(picked.arguments.count)
        }
        return picked
    }

    /// What the lock of a task is named after.
    subscript(task: Int) -> String {
        let argument = arguments[range(of: task)]
        let key = argument.drop { $0 != UInt8(ascii: "\n") }.dropFirst().dropLast(2)
        return String(decoding: key.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    /// What the lock of a task is named after: its id, or its first bytes when it is no task.
    static func name(of element: RawSpan) -> String {
        if let task = DecodedElement(element) { return task.id.description }
        return unsafe element.withUnsafeBytes { bytes in
            unsafe bytes.prefix(32).map { String($0, radix: 16) }.joined(separator: "-")
        }
    }

    /// Writes the end of a task's id over that of the template.
    private mutating func writeIndex(_ index: UInt32) {
        var (rest, place) = (index, arguments.count - 2)
        repeat {
            place -= 1
            arguments[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        } while rest > 0
    }

    private func range(of task: Int) -> Range<Int> { (task == 0 ? 0 : ends[task - 1])..<ends[task] }

    /// The argument of one task of a batch, and of all others whose index has as many digits.
    private struct Template {
        private(set) var argument: [UInt8] = []
        private var (producer, batch): (UInt64, UInt32) = (0, 0)
        private var digits = 0

        /// That of no task.
        init() {}

        init(_ id: TaskID, _ prefix: String) {
            argument = CommandWriter.encoded([prefix + id.description])
            (producer, batch, digits) = (id.producer, id.batch, Self.digits(of: id.index))
        }

        func fits(_ id: TaskID) -> Bool {
            producer == id.producer && batch == id.batch && digits == Self.digits(of: id.index)
        }

        private static func digits(of index: UInt32) -> Int {
            var (rest, count) = (index / 10, 1)
            while rest > 0 { (rest, count) = (rest / 10, count + 1) }
            return count
        }
    }

    fileprivate func write(_ task: Int, to writer: inout CommandWriter) {
        writer.argument(encoded: unsafe arguments.span.bytes.extracting(range(of: task)))
    }
}

extension CommandWriter {
    /// Adds the name of a task's lock.
    mutating func argument(_ names: LockNames, task: Int) { names.write(task, to: &self) }
}
