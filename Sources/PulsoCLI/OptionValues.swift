public import Accounts
public import ArgumentParser
public import Segmentation
public import Tables

// Values of the rooms that options are written in; their raw values are what the user types.

extension Language: ExpressibleByArgument {}
extension NumberLocale: ExpressibleByArgument {}
extension LogFormat: ExpressibleByArgument {}
extension ExportFormat: ExpressibleByArgument {}
extension BadRowPolicy: ExpressibleByArgument {}
