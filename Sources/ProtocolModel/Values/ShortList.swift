/// A list of up to seven small numbers (tasks, batches), four bits each, with its length in the lowest four.
struct ShortList: Hashable, Sendable, Sequence {
    private var raw: UInt32 = 0

    /// All of it, for hashing.
    var bits: UInt32 { raw }

    /// An empty list.
    init() {}

    /// The numbers from 0 to `count` - 1.
    init(first count: Int) {
        for number in 0..<count { append(number) }
    }

    /// A list of one.
    init(only number: Int) {
        append(number)
    }

    var count: Int { Int(raw & 15) }
    var isEmpty: Bool { raw & 15 == 0 }
    var first: Int? { isEmpty ? nil : self[0] }

    subscript(_ index: Int) -> Int { Int(raw >> UInt32(4 * (index + 1)) & 15) }

    mutating func append(_ number: Int) {
        precondition(count < 7, "a world too large for this list")
        raw |= UInt32(number) << UInt32(4 * (count + 1))
        raw += 1
    }

    mutating func append(contentsOf other: ShortList) {
        for number in other { append(number) }
    }

    mutating func prepend(contentsOf other: ShortList) {
        var whole = other
        whole.append(contentsOf: self)
        self = whole
    }

    @discardableResult
    mutating func removeFirst() -> Int {
        let number = self[0]
        let rest = (raw >> 8) << 4
        raw = rest | UInt32(count - 1)
        return number
    }

    /// The first `limit` numbers, which leave the list.
    mutating func takeFirst(_ limit: Int) -> ShortList {
        var taken = ShortList()
        while taken.count < limit, !isEmpty { taken.append(removeFirst()) }
        return taken
    }

    /// Takes out the first that equals `number`, as LREM with a count of 1; false when there is none.
    @discardableResult
    mutating func removeOne(_ number: Int) -> Bool {
        var rest = ShortList()
        var isRemoved = false
        for element in self {
            if element == number, !isRemoved { isRemoved = true } else { rest.append(element) }
        }
        self = rest
        return isRemoved
    }

    func occurrences(of number: Int) -> Int {
        var times = 0
        for element in self where element == number { times += 1 }
        return times
    }

    func contains(_ number: Int) -> Bool { occurrences(of: number) > 0 }

    /// Walks from the first number to the last.
    struct Iterator: IteratorProtocol {
        var rest: UInt32
        var left: UInt32

        mutating func next() -> Int? {
            guard left > 0 else { return nil }
            left -= 1
            rest >>= 4
            return Int(rest & 15)
        }
    }

    func makeIterator() -> Iterator { Iterator(rest: raw, left: raw & 15) }
}

extension ShortList: CustomStringConvertible {
    var description: String { "[" + map { "t\($0 + 1)" }.joined(separator: " ") + "]" }
}
