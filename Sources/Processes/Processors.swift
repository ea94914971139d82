import Glibc

/// The processors of this machine.
package enum Processors {
    /// How many there are, whoever may use them.
    package static var online: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The numbers of those that the `index`-th of several processes (from 0) gets, where each gets `count`: from the
    /// last one down, so that the first, on which most else runs, is taken last; the same ones again when there are not
    /// enough.
    package static func share(_ index: Int, of count: Int, online: Int = online) -> [Int] {
        let count = min(count, online)
        return (0..<count).map { online - 1 - (index * count + $0) % online }.sorted()
    }
}
