/**
 * The Tremor components we use, each from its own file: the package's door would load all of it (254 kB gzip
 * instead of a few). Their colours are ours through the variables in globals.css. Tremor is frozen upstream,
 * so what we take from it is listed here and nowhere else.
 */
export { Card } from '@tremor/react/dist/components/layout-elements/Card/Card';
export { List } from '@tremor/react/dist/components/list-elements/List/List';
export { ListItem } from '@tremor/react/dist/components/list-elements/List/ListItem';
export { CategoryBar } from '@tremor/react/dist/components/vis-elements/CategoryBar/CategoryBar';
export { Tracker } from '@tremor/react/dist/components/vis-elements/Tracker/Tracker';
