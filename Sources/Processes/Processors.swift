import Foundation
import Glibc

/// The processors of this machine.
package enum Processors {
    /// How many there are, whoever may use them.
    package static var online: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The numbers of those that this process may run on, in order.
    package static var allowed: [Int] {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }
        return line.map { numbers(in: $0.dropFirst("Cpus_allowed_list:".count)) } ?? Array(0..<online)
    }

    /// The numbers of a list such as `0-3,8`.
    package static func numbers(in list: some StringProtocol) -> [Int] {
        list.split(separator: ",").flatMap { part in
            let ends = part.split(separator: "-").compactMap { Int(String($0.filter(\.isNumber))) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [Int]() }
            return Array(first...last)
        }
    }

    /// The numbers of those that the `index`-th of several processes (from 0) gets, where each gets `count`: from the
    /// last one down, so that the first, on which most else runs, is taken last; the same ones again when there are not
    /// enough.
    package static func share(_ index: Int, of count: Int, online: Int = online) -> [Int] {
        let count = min(count, online)
        return (0..<count).map { online - 1 - (index * count + $0) % online }.sorted()
    }
}
