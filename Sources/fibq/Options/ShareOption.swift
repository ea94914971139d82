import ArgumentParser

/// A share on the command line, as a percentage: `2%`.
struct ShareOption: ExpressibleByArgument {
    let share: Double

    init(_ share: Double) { self.share = share }

    init?(argument: String) {
        guard argument.hasSuffix("%"), let percent = Double(argument.dropLast()), percent.isFinite else { return nil }
        share = percent / 100
    }

    var defaultValueDescription: String { "\(share * 100)%" }
}
