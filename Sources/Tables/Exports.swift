// A date column's values are CalendarDates: who imports Tables means to use them.
@_exported public import Calendar
