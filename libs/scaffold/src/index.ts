export { Draft, type Change } from './draft';
export { newCollector, type NewCollector } from './make/new-collector';
export { newDomain, type NewDomain } from './make/new-domain';
export { newProduct, type NewProduct } from './make/new-product';
export { SOURCE_KINDS, type SourceKind } from './names';
export { ScaffoldError } from './scaffold-error';
export { chosenForks, findForks, type Fleet, type Fork } from './upgrade/forks';
export { upgradeFork, type UpgradedFile } from './upgrade/upgrade-fork';
